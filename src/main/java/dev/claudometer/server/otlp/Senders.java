package dev.claudometer.server.otlp;

import dev.claudometer.model.DeviceId;
import org.jspecify.annotations.Nullable;

/// Who sends telemetry.
public interface Senders {

  /// The device that sends.
  ///
  /// @param secret a device key, null where none was sent
  /// @param local whether the sender is on this machine itself
  /// @return null for somebody that we do not know
  @Nullable DeviceId device(@Nullable String secret, boolean local);
}

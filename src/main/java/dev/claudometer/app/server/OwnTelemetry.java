package dev.claudometer.app.server;

import dev.claudometer.app.process.Started;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.model.DeviceId;
import dev.claudometer.server.auth.Identities;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.otlp.Receiver;
import dev.claudometer.server.otlp.TelemetryIntake;
import dev.claudometer.store.registry.Device;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What Claude Code sends to a server itself: of any machine by its device key, of this machine
/// without one.
record OwnTelemetry(
    Surroundings surroundings, ServerData data, Identities identities, Supplier<Device> here) {

  /// Listens for it.
  ///
  /// @param steady never goes back
  TelemetryIntake receive(ServerOptions options, InstantSource steady, Started parts) {
    var intake =
        new TelemetryIntake(
            (device, come) -> data.committer().store(device, come, List.of(), null));
    parts.keep(
        Receiver.start(
            options.listening().host(),
            options.telemetry(),
            intake,
            this::device,
            surroundings.clock(),
            steady));
    return intake;
  }

  private @Nullable DeviceId device(@Nullable String secret, boolean local) {
    if (secret != null) {
      return identities.of(secret, null) instanceof Principal.Device device ? device.id() : null;
    }
    return local ? here.get().id() : null;
  }
}

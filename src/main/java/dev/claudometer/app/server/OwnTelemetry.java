package dev.claudometer.app.server;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.ingest.Intake;
import dev.claudometer.model.DeviceId;
import dev.claudometer.server.auth.Identities;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.otlp.Ports;
import dev.claudometer.server.otlp.Receiver;
import dev.claudometer.server.otlp.TelemetryIntake;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Claude Code sends to a server itself: of any machine by its device key, of this machine
/// without one.
record OwnTelemetry(
    Surroundings surroundings, ServerData data, Identities identities, OwnCalls calls) {

  /// Listens for it.
  ///
  /// @param steady never goes back
  Receiver receive(String host, Ports ports, InstantSource steady) {
    return Receiver.start(
        host, ports, new TelemetryIntake(this::store), this::device, surroundings.clock(), steady);
  }

  private void store(DeviceId device, Intake come) throws InterruptedException {
    if (device.equals(DeviceId.THIS)) {
      calls.take(come);
    } else {
      data.committer().store(device, come, List.of());
    }
  }

  private @Nullable DeviceId device(@Nullable String secret, boolean local) {
    if (secret != null) {
      return identities.of(secret, null) instanceof Principal.Device device ? device.id() : null;
    }
    return local ? DeviceId.THIS : null;
  }
}

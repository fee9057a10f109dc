package dev.claudometer.app.server;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.ingest.Intake;
import dev.claudometer.model.DeviceId;
import dev.claudometer.server.auth.Identities;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.otlp.Onward;
import dev.claudometer.server.otlp.PassThrough;
import dev.claudometer.server.otlp.Ports;
import dev.claudometer.server.otlp.Receiver;
import dev.claudometer.server.otlp.ReceptionMetrics;
import dev.claudometer.server.otlp.TelemetryIntake;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What Claude Code sends to a server itself: of any machine by its device key, of this machine
/// without one.
final class OwnTelemetry implements AutoCloseable {

  private final Surroundings surroundings;
  private final ServerData data;
  private final Identities identities;
  private final OwnCalls calls;
  private final @Nullable PassThrough onward;
  private final TelemetryIntake intake;

  /// @param onward where it is sent on to, null for nowhere
  /// @param gateways that may say whose telemetry they send on
  OwnTelemetry(
      Surroundings surroundings,
      ServerData data,
      Identities identities,
      OwnCalls calls,
      @Nullable URI onward,
      Set<String> gateways) {
    this.surroundings = surroundings;
    this.data = data;
    this.identities = identities;
    this.calls = calls;
    this.onward = onward == null ? null : PassThrough.to(onward);
    intake =
        new TelemetryIntake(
            this::store,
            this.onward == null ? Onward.NOWHERE : this.onward,
            new Gateways(data.registry(), surroundings.clock(), gateways));
  }

  /// Listens for it.
  ///
  /// @param steady never goes back
  Receiver receive(String host, Ports ports, InstantSource steady) {
    return Receiver.start(host, ports, intake, this::device, surroundings.clock(), steady);
  }

  /// What came, and what became of what was sent on.
  ReceptionMetrics metrics() {
    return new ReceptionMetrics(intake, onward);
  }

  @Override
  public void close() {
    if (onward != null) {
      onward.close();
    }
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

package dev.claudometer.server.otlp;

import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.server.http.Listening;
import dev.claudometer.server.http.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Listens for telemetry, by HTTP and by gRPC. A port that is taken is one line in the log, and
/// stops nothing else.
public final class Receiver implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.telemetry");

  private final @Nullable Server http;
  private final @Nullable GrpcReceiver grpc;

  private Receiver(@Nullable Server http, @Nullable GrpcReceiver grpc) {
    this.http = http;
    this.grpc = grpc;
  }

  /// Starts listening where that is possible.
  ///
  /// @param host an address of this machine
  public static Receiver start(
      String host,
      Ports ports,
      TelemetryIntake intake,
      Senders senders,
      InstantSource clock,
      InstantSource steady) {
    return new Receiver(
        http(host, ports.http(), intake, senders, clock, steady),
        grpc(host, ports.grpc(), intake, senders));
  }

  private static @Nullable Server http(
      String host,
      int port,
      TelemetryIntake intake,
      Senders senders,
      InstantSource clock,
      InstantSource steady) {
    if (port == Ports.NONE) {
      return null;
    }
    try {
      return Server.start(
          new Listening(host, port, null),
          new TelemetryRoutes(intake).routes(),
          new TelemetryGuard(senders),
          (_, detail, _) -> detail.getBytes(UTF_8),
          clock,
          steady);
    } catch (RuntimeException taken) {
      LOG.log(WARNING, cannot(host, port, "--otlp-http-port"));
      return null;
    }
  }

  private static @Nullable GrpcReceiver grpc(
      String host, int port, TelemetryIntake intake, Senders senders) {
    if (port == Ports.NONE) {
      return null;
    }
    try {
      return GrpcReceiver.start(new InetSocketAddress(host, port), intake, senders);
    } catch (IOException taken) {
      LOG.log(WARNING, cannot(host, port, "--otlp-grpc-port"));
      return null;
    }
  }

  private static String cannot(String host, int port, String option) {
    return "telemetry is not received on "
        + host
        + ":"
        + port
        + ", which another program listens on; "
        + option
        + " takes another port, or none";
  }

  /// The port that is listened on over HTTP, [Ports#NONE] where none is.
  public int httpPort() {
    return http == null ? Ports.NONE : http.port();
  }

  /// The port that is listened on over gRPC, [Ports#NONE] where none is.
  public int grpcPort() {
    return grpc == null ? Ports.NONE : grpc.port();
  }

  @Override
  public void close() {
    if (http != null) {
      http.close();
    }
    if (grpc != null) {
      grpc.close();
    }
  }
}

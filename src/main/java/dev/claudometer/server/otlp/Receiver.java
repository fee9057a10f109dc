package dev.claudometer.server.otlp;

import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.server.http.Listening;
import dev.claudometer.server.http.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;

/// Listens for telemetry, by HTTP and by gRPC. A port that is taken is one line in the log, and
/// stops nothing else.
public final class Receiver implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.telemetry");
  private static final String LOOPBACK = "127.0.0.1";

  private final Listener http;
  private final Listener grpc;

  private Receiver(Listener http, Listener grpc) {
    this.http = http;
    this.grpc = grpc;
  }

  /// What listens, if it does.
  ///
  /// @param port [Ports#NONE] where nothing does
  private record Listener(int port, Runnable end) {
    static final Listener NONE = new Listener(Ports.NONE, () -> {});
  }

  /// Starts a listener.
  private interface Start {
    Listener at(InetSocketAddress address) throws IOException;
  }

  /// Listens for many machines, where that is possible.
  ///
  /// @param host an address of this machine
  /// @param steady never goes back
  public static Receiver start(
      String host,
      Ports ports,
      TelemetryIntake intake,
      Senders senders,
      InstantSource clock,
      InstantSource steady) {
    Start http =
        address -> {
          Server server =
              Server.start(
                  new Listening(host, address.getPort(), null),
                  new TelemetryRoutes(new Signals(intake)).routes(),
                  new TelemetryGuard(senders),
                  (_, _, detail, _) -> detail.getBytes(UTF_8),
                  clock,
                  steady);
          return new Listener(server.port(), server::close);
        };
    return new Receiver(
        listen(host, ports.http(), "--otlp-http-port", http), grpc(host, ports, intake, senders));
  }

  /// Listens for the programs of this machine alone, where that is possible.
  public static Receiver ofThisMachine(Ports ports, TelemetryIntake intake, Senders senders) {
    Start http =
        address -> {
          var receiver = LoopbackReceiver.start(address, new Signals(intake), senders);
          return new Listener(receiver.port(), receiver::close);
        };
    return new Receiver(
        listen(LOOPBACK, ports.http(), "--otlp-http-port", http),
        grpc(LOOPBACK, ports, intake, senders));
  }

  private static Listener grpc(String host, Ports ports, TelemetryIntake intake, Senders senders) {
    Start grpc =
        address -> {
          GrpcReceiver receiver = GrpcReceiver.start(address, intake, senders);
          return new Listener(receiver.port(), receiver::close);
        };
    return listen(host, ports.grpc(), "--otlp-grpc-port", grpc);
  }

  private static Listener listen(String host, int port, String option, Start start) {
    if (port == Ports.NONE) {
      return Listener.NONE;
    }
    try {
      return start.at(new InetSocketAddress(host, port));
    } catch (IOException | RuntimeException taken) {
      LOG.log(
          WARNING,
          "telemetry is not received on "
              + host
              + ":"
              + port
              + ", which another program listens on; "
              + option
              + " takes another port, or none");
      return Listener.NONE;
    }
  }

  /// The port that is listened on over HTTP, [Ports#NONE] where none is.
  public int httpPort() {
    return http.port();
  }

  /// The port that is listened on over gRPC, [Ports#NONE] where none is.
  public int grpcPort() {
    return grpc.port();
  }

  @Override
  public void close() {
    http.end().run();
    grpc.end().run();
  }
}

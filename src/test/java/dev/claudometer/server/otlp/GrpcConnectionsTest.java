package dev.claudometer.server.otlp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class GrpcConnectionsTest {

  private static final int READ_MILLIS = 60_000;

  @Test
  void whoHasShownNoKeyForLongestGivesWay() throws IOException {
    var connections = new GrpcConnections(2);
    try (ServerSocket listener = connections.createServerSocket()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (Socket known = connect(listener.getLocalPort());
          Socket here = listener.accept()) {
        connections.known(here.getRemoteSocketAddress());
        try (Socket stranger = connect(listener.getLocalPort());
            Socket itsEnd = listener.accept();
            Socket next = connect(listener.getLocalPort());
            Socket nextsEnd = listener.accept()) {
          assertThat(stranger.getInputStream().read()).isEqualTo(-1);
          assertThat(itsEnd.isClosed()).isTrue();
          assertThat(List.of(here, nextsEnd)).noneMatch(Socket::isClosed);
          assertThat(List.of(known, next)).allMatch(Socket::isConnected);
        }
      }
    }
  }

  @Test
  void whoLeavesMakesRoom() throws IOException {
    var connections = new GrpcConnections(1);
    try (ServerSocket listener = connections.createServerSocket()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      for (int i = 0; i < 3; i++) {
        try (Socket client = connect(listener.getLocalPort());
            Socket end = listener.accept()) {
          assertThat(client.isConnected()).isTrue();
          assertThat(end.isClosed()).isFalse();
        }
      }
    }
  }

  @Test
  void whatIsNotHttp2IsNoStackTraceInTheLog() throws IOException {
    List<LogRecord> records = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger("io.grpc");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            records.add(record);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    try (var receiver =
            GrpcReceiver.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new TelemetryIntake((_, _) -> {}, Onward.NOWHERE, Stamps.NONE),
                (_, _) -> null);
        Socket socket = connect(receiver.port())) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
      socket.getInputStream().readAllBytes();
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(records).isEmpty();
  }

  private static Socket connect(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(READ_MILLIS);
    return socket;
  }
}

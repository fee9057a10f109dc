package dev.claudometer.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.server.web.frame.Assets;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who has no key, or only one, keeps nobody else from being answered.
@Tag("long")
class StrangersTest {

  private static final String LOGIN =
      "POST /api/v1/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
          + "Content-Length: 60000\r\n\r\n{";

  @TempDir private Path directory;
  private TestServer server;
  private String key;
  private final List<Socket> sockets = new ArrayList<>();

  @BeforeEach
  void start() {
    server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.POWER_CUT),
            TestServer.Setup.USUAL);
    key = server.device("laptop");
    deliver("warm");
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  @Test
  void seventyBodiesThatDoNotArriveStopNobody() throws IOException {
    for (int i = 0; i < 70; i++) {
      connect("127.0.0.1", LOGIN);
    }
    othersAreAnswered();
  }

  @Test
  void bodiesThatDoNotArriveFromManyAddressesKeepNobodyFromLoggingIn() throws IOException {
    for (int i = 0; i < 600; i++) {
      connect("127.0.0." + (2 + i % 200), LOGIN);
    }
    othersAreAnswered();
    assertThat(server.login("ada", Role.ADMIN)).isNotEmpty();
  }

  @Test
  void whoDoesNotReadAnswersStopsNobody() throws IOException {
    String script = new Assets().address("chart.js");
    String request = "GET " + script + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for (int i = 0; i < 100; i++) {
      connect("127.0.0." + (2 + i % 50), request.repeat(40));
    }
    othersAreAnswered();
  }

  @Test
  void deliveriesOfStrangersAreRefusedBeforeTheyAreRead() throws Exception {
    byte[] body = zipped("x".repeat(28 << 20));
    String head =
        "POST /api/usage HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Encoding: gzip\r\nX-Device-Key: dk_wrong\r\nContent-Length: ";
    Socket socket = connect("127.0.0.1", head + body.length + "\r\n\r\n");
    assertThat(status(socket)).isEqualTo("HTTP/1.1 401");
  }

  @Test
  void twelveFloodsOfStrangersStopNobody() throws Exception {
    var entries = new StringBuilder("{\"deviceApiKey\":\"dk_wrong\",\"entries\":[");
    String entry =
        "{\"sessionId\":\"s\",\"project\":\"p\",\"timestamp\":\"2026-11-20T12:00:00Z\","
            + "\"type\":\"assistant\",\"inputTokens\":1,\"outputTokens\":1},";
    entries.repeat(entry, (28 << 20) / entry.length()).setCharAt(entries.length() - 1, ']');
    byte[] body = zipped(entries.append('}').toString());
    var stop = new AtomicBoolean();
    try (var strangers = Executors.newFixedThreadPool(12)) {
      for (int i = 0; i < 12; i++) {
        String wrong = i % 2 == 0 ? "dk_wrong" : "";
        strangers.execute(() -> flood(body, wrong, stop));
      }
      othersAreAnswered();
      stop.set(true);
    }
  }

  private void flood(byte[] body, String wrong, AtomicBoolean stop) {
    while (!stop.get()) {
      var answer =
          wrong.isEmpty()
              ? server.post("/api/usage", body, "Content-Encoding", "gzip")
              : server.post("/api/usage", body, "Content-Encoding", "gzip", "X-Device-Key", wrong);
      assertThat(answer.statusCode()).isIn(401, 413, 429, 503);
    }
  }

  @Test
  void oneDeviceThatSendsSlowlyLeavesRoomForTheOthers() throws IOException {
    String slow = server.device("slow");
    for (int i = 0; i < 70; i++) {
      connect(
          "127.0.0.1",
          "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nX-Device-Key: "
              + slow
              + "\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{");
    }
    othersAreAnswered();
  }

  @Test
  void oneDeviceThatSendsMuchLeavesRoomForTheOthers() throws Exception {
    String busy = server.device("busy");
    byte[] body = zipped("{\"protocol\":1,\"observations\":[" + " ".repeat(15 << 20) + "]}");
    var stop = new AtomicBoolean();
    try (var device = Executors.newFixedThreadPool(30)) {
      List<Future<?>> floods = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        floods.add(
            device.submit(
                () -> {
                  while (!stop.get()) {
                    server.post(
                        "/api/v1/events", body, "Content-Encoding", "gzip", "X-Device-Key", busy);
                  }
                }));
      }
      othersAreAnswered();
      stop.set(true);
      for (Future<?> flood : floods) {
        flood.get();
      }
    }
  }

  /// Nothing of what strangers bring is given up before half a minute is over, so whoever is
  /// answered earlier has not waited for them. On a busy machine a few of twenty probes may be
  /// late.
  private void othersAreAnswered() {
    List<Long> waited = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      long before = System.nanoTime();
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
      long between = System.nanoTime();
      deliver("probe" + i);
      waited.add(Duration.ofNanos(between - before).toMillis());
      waited.add(Duration.ofNanos(System.nanoTime() - between).toMillis());
    }
    waited.sort(null);
    assertThat(waited.get(16)).as("of %s ms", waited).isLessThan(25_000);
  }

  private void deliver(String message) {
    var answer =
        server.post(
            "/api/v1/events",
            "{\"protocol\":1,\"observations\":[{\"type\":\"usage\",\"message\":\""
                + message
                + "\",\"at\":\"2026-11-20T12:00:00Z\",\"model\":\"claude-opus-5\",\"input\":1,"
                + "\"output\":1,\"session\":\"s\",\"project\":\"p\"}]}",
            "X-Device-Key",
            key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private Socket connect(String from, String request) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(2_048);
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    OutputStream out = socket.getOutputStream();
    out.write(request.getBytes(UTF_8));
    out.flush();
    sockets.add(socket);
    return socket;
  }

  private static String status(Socket socket) throws IOException {
    socket.setSoTimeout(60_000);
    InputStream in = socket.getInputStream();
    return new String(in.readNBytes(12), US_ASCII);
  }

  private static byte[] zipped(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}

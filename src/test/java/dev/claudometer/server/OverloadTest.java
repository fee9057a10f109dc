package dev.claudometer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.store.TimeRange;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More than the server can take, or more slowly than it can wait.
class OverloadTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void whatIsTooMuchIsRefusedEarlyAndHealthGoesOn(@TempDir Path directory) {
    try (TestServer server = server(directory, -1)) {
      HttpResponse<String> answer = deliver(server, server.device("laptop"), 1);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).contains("1");
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
      assertThat(server.store.holdings().events()).isZero();
    }
  }

  @Test
  void ofManyDeliveriesAtOnceEachIsStoredOrRefusedAndNoneIsBoth(@TempDir Path directory)
      throws Exception {
    try (TestServer server = server(directory, 2_000);
        var clients = Executors.newFixedThreadPool(60)) {
      String key = server.device("laptop");
      List<Future<Integer>> answers = new ArrayList<>();
      for (int batch = 0; batch < 120; batch++) {
        int number = batch;
        answers.add(clients.submit(() -> deliver(server, key, number).statusCode()));
      }
      for (int i = 0; i < 20; i++) {
        assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
      }
      int stored = 0;
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isIn(200, 503);
        stored += answer.get() == 200 ? 1 : 0;
      }
      assertThat(stored).isPositive();
      assertThat(server.store.sums(TimeRange.ALL, Set.of()).getFirst().totals().responses())
          .isEqualTo(stored * 100L);
    }
  }

  @Test
  void bodyThatDoesNotArriveIsNotWaitedForLongerThanHalfAMinute(@TempDir Path directory)
      throws IOException {
    try (TestServer server = server(directory, 60_000)) {
      server.clock(NOON);
      String key = server.device("laptop");
      try (var socket = new Socket("127.0.0.1", server.port())) {
        OutputStream out = socket.getOutputStream();
        out.write(
            ("POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nX-Device-Key: "
                    + key
                    + "\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{")
                .getBytes(UTF_8));
        out.flush();
        byte[] answer = new byte[12];
        for (int second = 1; socket.getInputStream().available() == 0; second++) {
          server.clock(NOON.plusSeconds(second * 10L));
          out.write(' ');
          out.flush();
          Thread.onSpinWait();
        }
        assertThat(socket.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
        assertThat(new String(answer, UTF_8)).isEqualTo("HTTP/1.1 408");
      }
    }
  }

  private static TestServer server(Path directory, long mostWaiting) {
    return new TestServer(
        SqliteStore.database(directory.resolve("server.db"), Durability.POWER_CUT),
        new TestServer.Setup(true, "", false, mostWaiting));
  }

  private static HttpResponse<String> deliver(TestServer server, String key, int batch) {
    var body = new StringBuilder("{\"protocol\":1,\"observations\":[");
    for (int i = 0; i < 100; i++) {
      body.append(i == 0 ? "" : ",")
          .append("{\"type\":\"usage\",\"message\":\"msg_")
          .append(batch)
          .append('_')
          .append(i)
          .append("\",\"at\":\"2026-11-20T12:00:00Z\",\"model\":\"claude-opus-5\",\"input\":1,")
          .append("\"output\":1,\"session\":\"s\",\"project\":\"p\"}");
    }
    return server.post("/api/v1/events", body.append("]}").toString(), "X-Device-Key", key);
  }
}

package dev.claudometer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.store.TimeRange;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store that cannot grow: SQLite's own limit answers as a full disk does.
class FullDiskTest {

  @Test
  void fullDiskIsAnsweredWith503AndNothingIsLost(@TempDir Path directory) {
    int stored;
    String key;
    try (TestServer server = server(directory.resolve("server.db?max_page_count=120"))) {
      key = server.device("laptop");
      stored = 0;
      HttpResponse<String> answer = deliver(server, key, stored);
      while (answer.statusCode() == 200) {
        stored++;
        answer = deliver(server, key, stored);
      }
      assertThat(stored).isPositive();
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.body()).doesNotContain(directory.toString());
      assertThat(server.log.after(0).toString())
          .contains("No space left")
          .as("one line for each, whoever comes how often")
          .doesNotContain("\tat ", "Exception");
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
      assertThat(server.get("/api/health").statusCode()).isEqualTo(503);
      assertThat(server.json(server.get("/api/health")).get("error").asText())
          .isEqualTo("no space is left for the database");
      assertThat(server.get("/metrics").body()).contains("\nclaudometer_database_writable 0\n");
    }
    try (TestServer server = server(directory.resolve("server.db"))) {
      for (int batch = 0; batch < stored + 3; batch++) {
        assertThat(deliver(server, key, batch).statusCode()).isEqualTo(200);
      }
      assertThat(server.store.sums(TimeRange.ALL, Set.of()).getFirst().totals().responses())
          .isEqualTo((stored + 3) * 100L);
      assertThat(server.store.verify()).isEmpty();
    }
  }

  private static TestServer server(Path file) {
    return new TestServer(SqliteStore.database(file, Durability.POWER_CUT), TestServer.Setup.USUAL);
  }

  private static HttpResponse<String> deliver(TestServer server, String key, int batch) {
    var body = new StringBuilder("{\"protocol\":1,\"observations\":[");
    for (int i = 0; i < 100; i++) {
      body.append(i == 0 ? "" : ",")
          .append("{\"message\":\"msg_")
          .append(batch)
          .append('_')
          .append(i)
          .append("\",\"at\":\"2026-11-20T12:00:00Z\",\"model\":\"claude-opus-5\",\"input\":1,")
          .append("\"output\":1,\"session\":\"s\",\"project\":\"p\",\"type\":\"usage\"}");
    }
    return server.post("/api/v1/events", body.append("]}").toString(), "X-Device-Key", key);
  }
}

package dev.claudometer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose database is taken away, exchanged or broken while it runs.
@Tag("long")
class StoreWatchTest {

  @TempDir private Path directory;
  private Path file;
  private TestServer server;
  private String key;

  @BeforeEach
  void start() {
    file = directory.resolve("server.db");
    open();
    key = server.device("laptop");
  }

  private void open() {
    server =
        new TestServer(SqliteStore.database(file, Durability.POWER_CUT), TestServer.Setup.USUAL);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /// 350 of 350 were gone at the next start, and every one of them had been answered with 200.
  @Test
  void nothingIsAcknowledgedIntoAFileThatWasDeleted() throws IOException {
    deliver(0, 50);
    delete();
    deliver(50, 300);
    server.close();
    open();
    assertThat(responses()).isEqualTo(350);
    assertThat(health().get("status").asText()).isEqualTo("healthy");
  }

  @Test
  void healthSaysWhatIsWrongAndThatItIsRightAgain() throws Exception {
    deliver(0, 50);
    Path kept = copy();
    Path noise = Files.writeString(directory.resolve("noise"), "no database ".repeat(4_000));
    Files.move(noise, file, StandardCopyOption.REPLACE_EXISTING);
    await(() -> server.get("/api/health").statusCode() == 503);
    assertThat(health().get("writable").asBoolean()).isFalse();
    assertThat(health().get("error").asText()).isEqualTo("the database is damaged");
    assertThat(delivered(50).statusCode()).isEqualTo(503);
    Files.move(kept, file, StandardCopyOption.REPLACE_EXISTING);
    await(() -> server.get("/api/health").statusCode() == 200);
    assertThat(delivered(50).statusCode()).isEqualTo(200);
    assertThat(metric("claudometer_database_writable")).isEqualTo("1");
    assertThat(responses()).isEqualTo(51);
  }

  @Test
  void databaseThatIsPutBackIsSaidInLogHealthMetricAndAudit() throws Exception {
    deliver(0, 50);
    Path earlier = copy();
    deliver(50, 10);
    assertThat(health().has("databasePutBackAt")).isFalse();
    Files.move(earlier, file, StandardCopyOption.REPLACE_EXISTING);
    deliver(60, 1);
    assertThat(health().has("databasePutBackAt")).isTrue();
    assertThat(server.log.after(0).toString()).contains("the database was put back");
    assertThat(metric("claudometer_database_put_back_total")).isEqualTo("1");
    assertThat(server.registry.auditLog().before(Long.MAX_VALUE, 10).toString())
        .contains("database.put-back");
  }

  private void deliver(int from, int count) {
    for (int i = from; i < from + count; i++) {
      // a delivery that is not taken comes again
      while (delivered(i).statusCode() != 200) {
        assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
      }
    }
  }

  private HttpResponse<String> delivered(int number) {
    return server.post(
        "/api/v1/events",
        "{\"protocol\":1,\"observations\":[{\"message\":\"msg_"
            + number
            + "\",\"at\":\"2026-11-20T12:00:00Z\",\"model\":\"claude-opus-5\",\"input\":1,"
            + "\"output\":1,\"session\":\"s\",\"project\":\"p\",\"type\":\"usage\"}]}",
        "X-Device-Key",
        key);
  }

  private long responses() {
    return server.store.sums(TimeRange.ALL, Set.of()).getFirst().totals().responses();
  }

  private String metric(String name) {
    return server
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .findFirst()
        .orElseThrow()
        .substring(name.length() + 1);
  }

  private JsonNode health() {
    return server.json(server.get("/api/health"));
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path each : files.toList()) {
        Files.delete(each);
      }
    }
  }

  private Path copy() throws SQLException {
    Path copy = directory.resolve("copy.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, copy.toString());
      statement.execute();
    }
    return copy;
  }

  private static void await(BooleanSupplier met) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    while (!met.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(100);
    }
  }
}

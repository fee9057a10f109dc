package dev.claudometer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import dev.claudometer.usage.Totals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `POST /api/v1/events` over real HTTP.
class IngestTest {

  private TestServer server;
  private String key;

  @BeforeEach
  void start(@TempDir Path directory) {
    server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.POWER_CUT),
            TestServer.Setup.USUAL);
    key = server.device("laptop");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void batchTypedByHandIsCountedAndRepeatingItChangesNothing() {
    String body = observations(usage("msg_1", 272));
    assertThat(deliver(body).body())
        .isEqualTo(
            "{\"store\":\""
                + server.store.standing().store()
                + "\",\"received\":1,\"joined\":0,\"added\":1,\"replaced\":0,\"unchanged\":0,\"other\":0,"
                + "\"rejected\":[]}");
    assertThat(server.json(deliver(body)).get("unchanged").asInt()).isEqualTo(1);
    assertThat(server.json(deliver(observations(usage("msg_1", 300)))).get("replaced").asInt())
        .isEqualTo(1);
    assertThat(total().tokens().output()).isEqualTo(300);
    assertThat(server.store.verify()).isEmpty();
  }

  @Test
  void badEntryIsRejectedAloneWithItsIndexAndReason() {
    var answer =
        server.json(
            deliver(
                observations(
                    usage("msg_1", 1)
                        + ",{\"type\":\"usage\",\"message\":\"msg_2\"},"
                        + usage("msg_3", 1).replace("2026-11-20", "1999-01-01")
                        + ","
                        + usage("msg_4", 1))));
    assertThat(answer.get("received").asInt()).isEqualTo(4);
    assertThat(answer.get("added").asInt()).isEqualTo(2);
    assertThat(answer.get("rejected")).hasSize(2);
    assertThat(answer.get("rejected").get(0).get("index").asInt()).isEqualTo(1);
    assertThat(answer.get("rejected").get(0).get("reason").asText()).contains("at");
    assertThat(answer.get("rejected").get(1).get("index").asInt()).isEqualTo(2);
    assertThat(answer.get("rejected").get(1).get("reason").asText()).contains("out of range");
  }

  @Test
  void deviceComesFromTheKeyAndNeverFromTheBody() {
    deliver(observations(usage("msg_1", 1).replace("}", ",\"device\":\"d_other\"}")));
    assertThat(server.store.sums(TimeRange.ALL, Set.of(Dimension.DEVICE)))
        .extracting(Slice::device)
        .containsExactly(server.registry.devices().list().getFirst().id());
  }

  @Test
  void withoutAKeyInForceNothingIsTaken() {
    String body = observations(usage("msg_1", 1));
    assertThat(server.post("/api/v1/events", body).statusCode()).isEqualTo(401);
    assertThat(server.post("/api/v1/events", body, "X-Device-Key", "dk_wrong").statusCode())
        .isEqualTo(401);
    assertThat(
            server
                .post("/api/v1/events", body, "Authorization", "Bearer " + "x".repeat(5_000))
                .statusCode())
        .isEqualTo(401);
    assertThat(server.store.holdings().events()).isZero();
  }

  @Test
  void bodiesThatAreNoneAreRefusedWithAReason() throws IOException {
    assertThat(deliver("{\"observations\":[").statusCode()).isEqualTo(422);
    assertThat(deliver("[]").statusCode()).isEqualTo(422);
    assertThat(deliver("").statusCode()).isEqualTo(422);
    assertThat(server.json(deliver("nonsense")).get("detail").asText()).isNotEmpty();
    assertThat(
            server
                .post("/api/v1/events", "x=1", "X-Device-Key", key, "Content-Type", "text/plain")
                .statusCode())
        .isEqualTo(415);
    assertThat(deliver("{}".getBytes(UTF_8), "br").statusCode()).isEqualTo(415);
    assertThat(deliver("[".repeat(100_000)).statusCode()).isEqualTo(422);
  }

  @Test
  void bombsAndGiantsAreRefusedEarly() throws IOException {
    assertThat(deliver(" ".repeat(5 << 20)).statusCode()).isEqualTo(413);
    var bomb = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bomb)) {
      byte[] spaces = " ".repeat(1 << 20).getBytes(UTF_8);
      for (int i = 0; i < 200; i++) {
        gzip.write(spaces);
      }
    }
    assertThat(deliver(bomb.toByteArray(), "gzip").statusCode()).isEqualTo(413);
    assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void gzipIsUnderstood() throws IOException {
    var body = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(body)) {
      gzip.write(observations(usage("msg_1", 7)).getBytes(UTF_8));
    }
    assertThat(deliver(body.toByteArray(), "gzip").statusCode()).isEqualTo(200);
    assertThat(total().tokens().output()).isEqualTo(7);
  }

  @Test
  void revokedKeyIsOfNoUseAndItsUsageStays() {
    deliver(observations(usage("msg_1", 1)));
    String admin = server.login("ada", Role.ADMIN);
    String id = server.registry.devices().list().getFirst().id().text();
    assertThat(
            server
                .post(
                    "/api/v1/devices/" + id + "/revoke",
                    "",
                    "Cookie",
                    admin,
                    "Sec-Fetch-Site",
                    "same-origin")
                .statusCode())
        .isEqualTo(200);
    assertThat(deliver(observations(usage("msg_2", 1))).statusCode()).isEqualTo(401);
    assertThat(total().responses()).isEqualTo(1);
  }

  @Test
  void manyClientsDeliverEveryBatchSeveralTimesAndEachResponseCountsOnce() throws Exception {
    List<String> bodies = new ArrayList<>();
    for (int batch = 0; batch < 40; batch++) {
      var elements = new ArrayList<String>();
      for (int i = 0; i < 50; i++) {
        elements.add(usage("msg_" + batch + "_" + i, batch + i));
      }
      bodies.add(observations(String.join(",", elements)));
    }
    List<String> deliveries = new ArrayList<>();
    var random = new Random(4);
    for (String body : bodies) {
      for (int i = random.nextInt(1, 5); i > 0; i--) {
        deliveries.add(body);
      }
    }
    Collections.shuffle(deliveries, random);
    try (var clients = Executors.newFixedThreadPool(6)) {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (String body : deliveries) {
        answers.add(clients.submit(() -> deliver(body)));
      }
      for (var answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
      }
    }
    assertThat(total().responses()).isEqualTo(2_000);
    assertThat(server.store.verify()).isEmpty();
  }

  private Totals total() {
    return server.store.sums(TimeRange.ALL, Set.of()).getFirst().totals();
  }

  private HttpResponse<String> deliver(String body) {
    return server.post("/api/v1/events", body, "X-Device-Key", key);
  }

  private HttpResponse<String> deliver(byte[] body, String encoding) {
    return server.post("/api/v1/events", body, "X-Device-Key", key, "Content-Encoding", encoding);
  }

  private static String observations(String elements) {
    return "{\"protocol\":1,\"agent\":\"test\",\"observations\":[" + elements + "]}";
  }

  private static String usage(String message, long output) {
    return "{\"type\":\"usage\",\"message\":\""
        + message
        + "\",\"at\":\"2026-11-20T12:00:00Z\",\"model\":\"claude-opus-5\",\"input\":26,\"output\":"
        + output
        + ",\"session\":\"s1\",\"project\":\"-home-ada-loom\"}";
  }
}

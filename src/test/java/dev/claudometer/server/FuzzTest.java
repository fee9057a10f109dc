package dev.claudometer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.Mutations;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bodies that are almost right: each is answered in an orderly way, and the server goes on.
@Tag("long")
class FuzzTest {

  /// With `-Dmutations=1000000` it goes on for a night.
  private static final int MUTATIONS = Integer.getInteger("mutations", 900);

  private static final List<String> PATHS =
      List.of("/api/v1/events", "/api/usage", "/v1/logs", "/api/v1/login", "/api/v1/enrol");

  private static final String[] BODIES = {
    """
    {"protocol":1,"agent":"a/1","claim":{"sender":"s","after":0,"upTo":3,"generation":0},
     "observations":[{"type":"usage","message":"msg_1","request":"req_1","at":"2026-11-20T12:00:00Z",
     "model":"claude-opus-5","input":26,"output":272,"cacheRead":1e3,"session":"40f3","project":"p",
     "rounds":[{"input":1,"output":2}],"tools":[{"id":"t","name":"Bash"}],"reportedCost":"0.1"},
     {"type":"activity","kind":"PROMPT","key":"k","at":"2026-11-20T12:00:00Z","session":"s"},
     {"type":"limit","window":"five_hour","utilization":0.5,"at":"2026-11-20T12:00:00Z"}]}
    """,
    """
    {"deviceKey":"dk","entries":[{"sessionId":"s","project":"p","timestamp":"2026-11-20T12:00:00Z",
     "type":"assistant","model":"claude-opus-5","inputTokens":1,"outputTokens":2,"cost":0.5}]}
    """,
    """
    {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":
     "claude-code"}}]},"scopeLogs":[{"scope":{"name":"com.anthropic.claude_code.events"},"logRecords":
     [{"timeUnixNano":"1763640000000000000","body":{"stringValue":"claude_code.api_request"},
     "attributes":[{"key":"event.name","value":{"stringValue":"api_request"}},{"key":"input_tokens",
     "value":{"intValue":"26"}},{"key":"session.id","value":{"stringValue":"s"}}]}]}]}]}
    """,
    """
    {"name":"ada","password":"correct horse battery","code":"ABCD-EFGH","hostname":"h"}
    """
  };

  @TempDir private Path directory;

  @Test
  void bodiesThatAreAlmostRightAreAnsweredInAnOrderlyWay() throws IOException {
    var random = new Random(25);
    try (var server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL)) {
      String key = server.device("laptop");
      for (int i = 0; i < MUTATIONS; i++) {
        // a minute on, so that no limit of requests turns it away
        server.clock(Instant.parse("2026-11-20T12:00:00Z").plusSeconds(60L * i));
        byte[] body = Mutations.of(BODIES[random.nextInt(BODIES.length)].getBytes(UTF_8), random);
        String path = PATHS.get(random.nextInt(PATHS.size()));
        HttpResponse<String> answer = send(server, path, body, key, random);
        // the peer's own server answers 500 to what is not JSON, and its daemon expects that
        boolean peers = path.equals("/api/usage") && answer.body().contains("Internal");
        assertThat(answer.statusCode() < 500 || peers)
            .as("%d: %s %s: %d %s", i, path, show(body), answer.statusCode(), answer.body())
            .isTrue();
        assertThat(answer.body()).doesNotContain("Exception", "\tat ");
      }
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
      assertThat(server.store.verify()).isEmpty();
      assertThat(server.log.after(0).toString()).doesNotContain("Exception");
    }
  }

  private static HttpResponse<String> send(
      TestServer server, String path, byte[] body, String key, Random random) throws IOException {
    return switch (random.nextInt(4)) {
      case 0 ->
          server.post(
              path,
              Mutations.of(gzip(body), random),
              "X-Device-Key",
              key,
              "Content-Encoding",
              "gzip");
      case 1 -> server.post(path, gzip(body), "X-Device-Key", key, "Content-Encoding", "gzip");
      case 2 ->
          server.post(
              path, body, "X-Device-Key", key, "Content-Type", "application/json; charset=x");
      default -> server.post(path, body, "X-Device-Key", key);
    };
  }

  private static byte[] gzip(byte[] body) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(body);
    }
    return out.toByteArray();
  }

  private static String show(byte[] body) {
    return new String(body, 0, Math.min(body.length, 600), UTF_8);
  }
}

package dev.claudometer.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.server.TestServer;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a square of the week to its sessions. A response of 1,000 output tokens costs $0.05963: 26
/// × $5, 1,000 × $25, 1,200 × $6.25 and 54,000 × $0.50 a million; one of 2,000 $0.08463.
class HourPageTest {

  private static final String NOVEMBER = "from=2026-11-01&to=2026-11-30";

  @TempDir private Path place;
  private TestServer server;
  private String cookie;

  @BeforeEach
  void start() {
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(Instant.parse("2026-11-20T12:00:00Z"));
    cookie = server.login("vic", Role.VIEWER);
    new Visit(server)
        .deliver(
            server.device("laptop"),
            use("m1", "2026-11-02T09:10:00Z", "a", 1_000),
            use("m2", "2026-11-09T09:59:00Z", "a", 1_000),
            use("m3", "2026-11-09T09:00:00Z", "b", 2_000),
            use("m4", "2026-11-09T10:00:00Z", "b", 2_000),
            use("m5", "2026-11-10T09:30:00Z", "c", 2_000));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String use(String message, String at, String session, long output) {
    return Visit.usage(message, at, session, "-home-loom", "claude-opus-5", output);
  }

  @Test
  void daysAndSessionsOfAnHourAddUpToItsSquare() {
    assertThat(get("/?table=week&as=csv&" + NOVEMBER).body())
        .contains("\r\nMon,", ",0.20389,0.08463,");
    String page = get("/hours?day=monday&hour=9&" + NOVEMBER).body();
    assertThat(page)
        .contains("Mondays, 09:00 to 10:00", "$0.20 in 2 such hours and 2 sessions.")
        .contains("2 Nov 2026", "9 Nov 2026")
        .contains("from=2026-11-09T09%3A00%3A00Z&amp;to=2026-11-09T10%3A00%3A00Z");
    assertThat(get("/hours?table=hours&as=csv&day=monday&hour=9&" + NOVEMBER).body())
        .contains("2026-11-02T09:00:00Z,0.05963,1,", "2026-11-09T09:00:00Z,0.14426,2,");
    assertThat(get("/hours?table=sessions&as=csv&day=monday&hour=9&" + NOVEMBER).body())
        .contains("\r\na,0.11926,2,", "\r\nb,0.08463,1,")
        .doesNotContain("\r\nc,");
  }

  @Test
  void squareLeadsThereAndAnHourThatWasOnceToItsSessions() {
    assertThat(get("/?" + NOVEMBER).body())
        .contains("/hours?from=2026-11-01&amp;to=2026-11-30&amp;day=monday&amp;hour=9\"")
        .contains("aria-label=\"Mon 09:00 – $0.20\"")
        .doesNotContain("day=monday&amp;hour=8\"");
    HttpResponse<String> once = get("/hours?day=tuesday&hour=9&" + NOVEMBER);
    assertThat(once.statusCode()).isEqualTo(303);
    assertThat(once.headers().firstValue("Location").orElseThrow())
        .startsWith("/sessions?")
        .contains("from=2026-11-10T09%3A00%3A00Z", "to=2026-11-10T10%3A00%3A00Z", "sort=cost");
  }

  private HttpResponse<String> get(String path) {
    return server.get(path, "Cookie", cookie, "Accept", "text/html");
  }
}

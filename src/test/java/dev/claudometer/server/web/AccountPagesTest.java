package dev.claudometer.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.server.TestServer;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountPagesTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String FIREFOX =
      "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
  private static final String SAFARI =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
          + " Gecko) Version/26.0 Mobile/15E148 Safari/604.1";

  private TestServer server;
  private Visit visit;

  @BeforeEach
  void start(@TempDir Path place) {
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(NOON);
    visit = new Visit(server);
    server.login("ada", Role.VIEWER);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sessionsAreToldAsDevicesAndEachHasItsButton() {
    String phone = login(SAFARI);
    String laptop = login(FIREFOX);
    server.clock(NOON.plusSeconds(300));
    String page = visit.page("/account", "Cookie", laptop).body();
    assertThat(page)
        .containsPattern(
            "Firefox on Linux</bdi></strong>\\s*<span class=\"here\">this one</span>\\s*<p")
        .containsPattern(
            "Safari on iPhone</bdi></strong>\\s*<p class=\"faint\">last used 5 min ago, from")
        .containsOnlyOnce("this one")
        .doesNotContain("<select");
    var button =
        Pattern.compile("Safari on iPhone</bdi>.*?name=\"id\" value=\"(\\w+)\"", Pattern.DOTALL)
            .matcher(page);
    assertThat(button.find()).isTrue();
    visit.form("/account/end", "id=" + button.group(1), "Cookie", laptop);
    assertThat(visit.page("/", "Cookie", phone).statusCode()).as("has ended").isEqualTo(302);
    assertThat(visit.page("/account", "Cookie", laptop).body())
        .contains("Firefox on Linux")
        .doesNotContain("Safari on iPhone");
  }

  private String login(String agent) {
    String body = "name=ada&password=" + Visit.encoded(TestServer.PASSWORD);
    return visit
        .form("/login", body, "User-Agent", agent)
        .headers()
        .firstValue("Set-Cookie")
        .orElseThrow()
        .replaceAll(";.*", "");
  }
}

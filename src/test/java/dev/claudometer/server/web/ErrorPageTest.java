package dev.claudometer.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.server.TestServer;
import dev.claudometer.server.auth.Limit;
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

/// What went wrong is told within the page: menu and input stay.
class ErrorPageTest {

  private static final String MENU = "id=\"menu\"";

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
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatIsNotThereHasTheMenuOfWhoeverLooksForIt() {
    for (String path : new String[] {"/nowhere", "/session?id=none", "/devices/none"}) {
      HttpResponse<String> answer = page(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.body()).as(path).contains(MENU, "Nothing here");
    }
    assertThat(new Visit(server).page("/nowhere").body())
        .as("nobody has logged in")
        .contains("Nothing here")
        .doesNotContain(MENU);
    assertThat(server.get("/api/v1/nowhere", "Cookie", cookie).body())
        .startsWith("{\"type\":\"about:blank\"");
  }

  @Test
  void whatIsNotForSomebodyHasTheMenu() {
    HttpResponse<String> answer = page("/organization");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains(MENU, "You can't open this page");
  }

  @Test
  void whatWasAskedWrongCanBePutRightAndTheMenuDoesNotKeepIt() {
    HttpResponse<String> answer =
        page("/sessions?from=2026-11-20&to=2026-11-19&text=%22%3E%3Cscript%3E");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains(MENU, "action=\"/sessions\"", "name=\"from\" value=\"2026-11-20\"")
        .contains("name=\"to\" value=\"2026-11-19\"", "value=\"&#34;>&lt;script>\"")
        .contains("<a href=\"/projects\"")
        .doesNotContain("<script>\"", "/projects?from");
  }

  @Test
  void aPersonMayOpenMorePagesThanAScriptMayAsk() {
    for (int i = 0; i < 2 * Limit.API.requests(); i++) {
      assertThat(page("/account").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whoAsksTooOftenKeepsTheMenu() {
    HttpResponse<String> answer = page("/");
    for (int i = 0; i < Limit.PAGES.requests() && answer.statusCode() == 200; i++) {
      answer = page("/account");
    }
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains(MENU, "Too often", "requests a minute");
  }

  private HttpResponse<String> page(String path) {
    return new Visit(server).page(path, "Cookie", cookie);
  }
}

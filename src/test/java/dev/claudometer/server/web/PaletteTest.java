package dev.claudometer.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.claudometer.server.TestServer;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The keyboard alone: find anything, and the keys of all pages.
@Tag("browser")
class PaletteTest {

  private static final String CONTROL = "\uE009";
  private static final String ESCAPE = "\uE00C";
  private static final String ENTER = "\uE007";
  private static final String DOWN = "\uE015";
  private static final String NOTHING = "\uE000";
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private TestServer server;
  private Browser browser;

  @BeforeEach
  void start(@TempDir Path place) throws IOException {
    assumeTrue(Browser.installed(), "no browser: apt-get install chromium chromium-driver");
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(NOON);
    String key = server.device("heron-mbp-128");
    new Visit(server)
        .deliver(
            key,
            Visit.usage("m1", "2026-11-20T09:00:00Z", "s-1", "<b>loom", "claude-opus-5", 400),
            "{\"type\":\"activity\",\"kind\":\"pull_request\",\"key\":\"https://example/123\",\"at\":\""
                + NOON
                + "\",\"session\":\"s-1\",\"project\":\"<b>loom\",\"name\":\"ada/loom#123\",\"value\":1}");
    browser = Browser.start();
    server.login("ada", Role.ADMIN);
    open("/");
    browser.type("input[name=name]", "ada");
    browser.type("input[name=password]", TestServer.PASSWORD);
    browser.click("button.main");
    browser.see("h1", "Overview");
    listening();
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
      server.close();
    }
  }

  /// The keys work once their script has run, which may be after the page is seen.
  private void listening() {
    browser.until("return performance.getEntriesByName('keys').length > 0");
  }

  private void open(String path) {
    browser.open("http://127.0.0.1:" + server.port() + path);
  }

  @Test
  void pullRequestIsFoundAndOpenedWithKeysAlone() {
    browser.press("body", CONTROL + "k" + NOTHING);
    browser.until("return document.activeElement.matches('#palette input')");
    assertThat(
            browser
                .run("return document.querySelector('#palette').matches('[role=dialog]:modal')")
                .asBoolean())
        .isTrue();
    browser.see("#palette .found", "Overview");
    browser.press("#palette input", "123");
    browser.see("#palette [aria-selected=true]", "ada/loom#123");
    browser.see("#palette [aria-selected=true] .end", "$0.04");
    assertThat(browser.findings()).isEmpty();
    browser.press("#palette input", ENTER);
    browser.until("return location.pathname === '/branches'");
    browser.see("h1", "Branches and pull requests");
    assertThat(browser.address()).contains("pull-requests.find=ada%2Floom%23123");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void arrowsChooseEscapeClosesAndFocusReturns() {
    browser.run("document.querySelector('.brand a').focus()");
    browser.press(".brand a", CONTROL + "k" + NOTHING);
    browser.press("#palette input", "loom");
    browser.see("#palette .found", "<b>loom");
    assertThat(browser.run("return document.querySelectorAll('#palette .found b').length").asInt())
        .as("names are text")
        .isZero();
    String chosen =
        "return document.querySelector('#palette input').getAttribute('aria-activedescendant')";
    assertThat(browser.run(chosen).asText()).isEqualTo("found-0");
    browser.press("#palette input", DOWN);
    assertThat(browser.run(chosen).asText()).isEqualTo("found-1");
    browser.press("#palette input", ESCAPE);
    browser.until("return !document.querySelector('#palette').open");
    browser.until("return document.activeElement.matches('.brand a')");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void lettersChooseAPeriodAndAPageButNeverWhileSomebodyTypes() {
    browser.press("body", "y");
    browser.until("return location.search.includes('from=2026-11-19&to=2026-11-19')");
    listening();
    browser.press("body", "gs");
    browser.until("return location.pathname === '/sessions'");
    listening();
    assertThat(browser.address()).contains("from=2026-11-19");
    browser.press("body", "/");
    browser.until("return document.activeElement.matches('input[name=text]')");
    browser.press("input[name=text]", "gt?");
    assertThat(browser.run("return document.querySelector('input[name=text]').value").asText())
        .isEqualTo("gt?");
    assertThat(browser.run("return location.pathname").asText()).isEqualTo("/sessions");
    browser.run("document.activeElement.blur()");
    browser.press("body", "?");
    browser.see("#keyboard", "Find anything");
    browser.see("#keyboard", "Sessions");
    assertThat(browser.findings()).isEmpty();
    browser.click("[data-single-keys]");
    browser.press("[data-single-keys]", ESCAPE);
    browser.until("return !document.querySelector('#keyboard').open");
    browser.press("body", "go");
    assertThat(browser.run("return location.pathname").asText())
        .as("single keys are off")
        .isEqualTo("/sessions");
    assertThat(browser.complaints()).isEmpty();
  }
}

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

/// Views and notes with the keyboard alone, in a real browser.
@Tag("browser")
class KeepingTest {

  private static final String CONTROL = "\uE009";
  private static final String ENTER = "\uE007";
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
    new Visit(server)
        .deliver(
            server.device("laptop"),
            Visit.usage("m1", "2026-11-12T09:00:00Z", "s-1", "loom", "claude-opus-5", 400),
            Visit.usage("m2", "2026-11-18T09:00:00Z", "s-2", "loom", "claude-opus-5", 400));
    server.login("ada", Role.ADMIN);
    browser = Browser.start();
    open("/?by=project&from=2026-11-01&to=2026-11-20");
    browser.type("input[name=name]", "ada");
    browser.type("input[name=password]", TestServer.PASSWORD);
    browser.press("input[name=password]", ENTER);
    browser.see("h1", "Overview");
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
      server.close();
    }
  }

  private void open(String path) {
    browser.open("http://127.0.0.1:" + server.port() + path);
  }

  @Test
  void viewIsKeptFoundOpenedAndDeletedWithKeysAlone() {
    String kept = browser.run("return location.pathname + location.search").asText();
    browser.press("[data-keep]", ENTER);
    browser.see("h1", "Keep a view");
    browser.see("form[action='/views']", "This month, whenever it is opened");
    browser.press("main input[name=name]", "Loom <b>month</b>");
    browser.press("main input[name=name]", ENTER);
    browser.see("h1", "Overview");
    assertThat(browser.run("return location.pathname + location.search").asText()).isEqualTo(kept);
    browser.see("#menu a[data-view][aria-current]", "Loom <b>month</b>");
    open("/account");
    browser.see("h1", "Account");
    browser.until("return performance.getEntriesByName('keys').length > 0");
    browser.press("body", CONTROL + "k" + NOTHING);
    browser.press("#palette input", "month");
    browser.see("#palette [aria-selected=true]", "Loom <b>month</b>");
    browser.press("#palette input", ENTER);
    browser.see("h1", "Overview");
    assertThat(browser.run("return location.pathname + location.search").asText()).isEqualTo(kept);
    open("/views");
    browser.see("#views", "Loom <b>month</b>");
    assertThat(browser.findings()).isEmpty();
    browser.press("#views .danger", ENTER);
    browser.agree();
    browser.see("[role=status]", "is deleted");
    assertThat(server.registry.views().list()).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void noteIsAFlagInChartsWithItsTextWhereTheFocusIs() {
    open("/notes");
    browser.run("document.querySelector('main input[name=day]').value = '2026-11-13'");
    browser.press("main input[name=text]", "release <b>2.1</b>");
    browser.press("main input[name=text]", ENTER);
    browser.see("[role=status]", "The note on 13 Nov 2026 is kept.");
    open("/");
    browser.until("return Chart.getChart(document.querySelector('canvas')) !== undefined");
    assertThat(
            browser
                .run(
                    """
                    const chart = Chart.getChart(document.querySelector('canvas'));
                    const at = chart.data.notes.findIndex((texts) => texts.length);
                    chart.tooltip.setActiveElements([{ datasetIndex: 0, index: at }], { x: 0, y: 0 });
                    chart.update('none');
                    return chart.data.labels[at] + ': ' + chart.tooltip.title.slice(1).join(' ');
                    """)
                .asText())
        .as("a day on which nothing was used")
        .contains("13")
        .endsWith(": release <b>2.1</b>");
    browser.run("document.querySelector('.marks g').focus()");
    assertThat(
            browser
                .run("return getComputedStyle(document.querySelector('.marks text')).visibility")
                .asText())
        .isEqualTo("visible");
    browser.run("document.activeElement.blur()");
    assertThat(
            browser
                .run("return getComputedStyle(document.querySelector('.marks text')).visibility")
                .asText())
        .isEqualTo("hidden");
    browser.press("#cost details summary", ENTER);
    browser.see("#cost-rows .noted", "release <b>2.1</b>");
    assertThat(browser.findings()).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }
}

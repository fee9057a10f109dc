package dev.claudometer.server.web;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.claudometer.server.TestServer;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every page with all that a [Crowd] brings, in a real browser. Skipped where there is none.
@Tag("browser")
class CrowdedPagesTest {

  private static final int MOST_NODES = 5_000;
  private static final int MOST_BYTES = 60_000;
  private static final int LARGEST_SCRIPT = 120_000;

  /// Says which texts of a row stand on one another, and which costs are not on the screen.
  private static final String FAULTS =
      """
      const faults = [];
      const seen = (box) => box.width > 1 && box.height > 1;
      for (const row of document.querySelectorAll('tbody tr, thead tr')) {
        const boxes = [];
        for (const cell of row.cells) {
          const frame = cell.getBoundingClientRect();
          const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
          for (let text = walk.nextNode(); text; text = walk.nextNode()) {
            if (!text.nodeValue.trim() || text.parentElement.closest('details:not([open]) > :not(summary)')) continue;
            const range = document.createRange();
            range.selectNodeContents(text);
            let { left, right, top, bottom } = range.getBoundingClientRect();
            for (let up = text.parentElement; up !== row; up = up.parentElement) {
              if (getComputedStyle(up).overflowX === 'visible') continue;
              const clip = up.getBoundingClientRect();
              left = Math.max(left, clip.left);
              right = Math.min(right, clip.right);
            }
            const box = { left, right, top, bottom, width: right - left, height: bottom - top };
            if (seen(box) && seen(frame)) boxes.push([box, cell, text.nodeValue.trim()]);
          }
        }
        boxes.forEach(([a, cell, text], i) => boxes.slice(i + 1).forEach(([b, other, word]) => {
          const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          if (wide > 1 && high > 1) faults.push(`'${text}' meets '${word}'`);
        }));
        const cost = row.querySelector('td.lead');
        if (cost && seen(cost.getBoundingClientRect())) {
          const { left, right } = cost.getBoundingClientRect();
          if (left < 0 || right > innerWidth) faults.push(`cost from ${left} to ${right}`);
        }
        const name = row.querySelector('td:first-child');
        if (name && row.getBoundingClientRect().height && name.getBoundingClientRect().width < 60)
          faults.push('a row has no name');
        const height = row.getBoundingClientRect().height;
        if (cost && height && !row.querySelector('td.long') && (height < 24 || height > (innerWidth < 600 ? 80 : 36.5)))
          faults.push(`a row is ${height} high`);
      }
      return faults.slice(0, 5);
      """;

  /// What came over the wire for the page that is shown.
  private static final String BYTES =
      """
      return ['navigation', 'resource'].flatMap((type) => performance.getEntriesByType(type))
        .reduce((sum, entry) => sum + entry.transferSize, 0);
      """;

  private static final List<String> FORMS =
      List.of(
          "/account",
          "/settings",
          "/settings/access",
          "/settings/upkeep",
          "/logs",
          "/find?text=loom",
          "/setup/server",
          "/setup/retention",
          "/setup/device",
          "/hours?day=monday&hour=9",
          "/nothing");

  private static @Nullable TestServer server;
  private static @Nullable Browser browser;

  @BeforeAll
  static void start(@TempDir Path place) throws IOException {
    assumeTrue(Browser.installed(), "no browser");
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.login("ada", Role.ADMIN);
    new Crowd(server, Instant.now().truncatedTo(ChronoUnit.SECONDS)).open();
    browser = Browser.start();
    browser.open(address("/login"));
    browser.type("input[name=name]", "ada");
    browser.type("input[name=password]", TestServer.PASSWORD);
    browser.click("button.main");
    browser.until("return location.pathname === '/'");
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static String address(String path) {
    return "http://localhost:" + server.port() + path;
  }

  private static void open(String path) {
    browser.open(address(path));
    browser.until(
        "return document.readyState === 'complete' && (!document.querySelector('canvas')"
            + " || Chart.getChart(document.querySelector('canvas')) !== undefined)");
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1152, 1280, 1440, 1920})
  void noTextStandsOnAnotherAndCostIsOnTheScreen(int width) {
    browser.look(width, 900, false);
    List<String> faults = new ArrayList<>();
    for (String page : withTables()) {
      open(page);
      browser.run(FAULTS).forEach(fault -> faults.add(page + ": " + fault.asText()));
      int wide = browser.run("return document.documentElement.scrollWidth").asInt();
      if (wide > width) {
        faults.add(page + " is " + wide + " wide");
      }
    }
    assertThat(faults).as("at " + width).isEmpty();
  }

  @Test
  void pagesAreLightAndHaveNoSeriousFindingInEitherTheme() {
    List<String> faults = new ArrayList<>();
    browser.look(1440, 900, false);
    open("/");
    for (String page : Stream.concat(withTables().stream(), FORMS.stream()).toList()) {
      browser.look(1440, 900, false);
      open(page);
      int nodes = browser.run("return document.getElementsByTagName('*').length").asInt();
      if (nodes > MOST_NODES) {
        faults.add(page + " has " + nodes + " elements");
      }
      int bytes = browser.run(BYTES).asInt();
      if (bytes > MOST_BYTES) {
        faults.add(page + " took " + bytes + " bytes");
      }
      browser.findings().forEach(finding -> faults.add(page + " light: " + finding));
      browser.look(1440, 900, true);
      browser.until("return matchMedia('(prefers-color-scheme: dark)').matches");
      browser.until("return document.getAnimations().length === 0");
      browser.findings().forEach(finding -> faults.add(page + " dark: " + finding));
    }
    assertThat(faults).isEmpty();
    assertThat(browser.complaints())
        .allMatch(complaint -> complaint.contains("/nothing - Failed to load resource"));
  }

  @Test
  void scriptOfTheChartsIsSmall() {
    open("/");
    assertThat(
            browser
                .run(
                    """
                    return performance.getEntriesByType('resource')
                      .filter((entry) => entry.name.includes('/chart-'))
                      .map((entry) => entry.encodedBodySize)[0];
                    """)
                .asInt())
        .isBetween(10_000, LARGEST_SCRIPT);
  }

  /// A legend is links, and a chart one stop of the keyboard.
  @Test
  void chartLeadsToSessionsWithoutAMouse() {
    browser.look(1280, 900, false);
    LocalDate today = LocalDate.now(UTC);
    String days = "&step=day&from=" + today.minusDays(4) + "&to=" + today;
    open("/?by=person" + days);
    browser.see("#cost-legend", "no owner");
    open("/?by=model" + days);
    browser.see("#cost-legend a", "$");
    String link = browser.run("return document.querySelector('#cost-legend a').href").asText();
    assertThat(link).contains("/sessions?", "model=claude-", "sort=cost", "from=", "to=");
    browser.press("#cost-chart", "\uE010");
    browser.see("[data-told]", "Total: $");
    String told = browser.run("return document.querySelector('[data-told]').textContent").asText();
    browser.press("#cost-chart", "\uE012");
    assertThat(browser.run("return document.querySelector('[data-told]').textContent").asText())
        .isNotEqualTo(told)
        .contains("Total: $");
    browser.press("#cost-chart", "\uE007");
    browser.until("return location.pathname === '/sessions'");
    assertThat(browser.address()).contains("sort=cost", "from=", "to=").doesNotContain("model=");
  }

  /// The square's hours lead to sessions that add up to it.
  @Test
  void squareOfTheWeekLeadsToItsSessions() {
    browser.look(1280, 900, false);
    LocalDate today = LocalDate.now(UTC);
    open("/?from=" + today.minusDays(20) + "&to=" + today);
    String square = ".heat a[title*='$']";
    String told = browser.run("return document.querySelector(arguments[0]).title", square).asText();
    browser.click(square);
    browser.until("return ['/hours', '/sessions'].includes(location.pathname)");
    browser.see("main", told.substring(told.indexOf('$')).replaceAll(" \\+.*", ""));
    browser.see("#sessions tbody", "$");
  }

  private static List<String> withTables() {
    List<Device> devices = server.registry.devices().list();
    String first = devices.getFirst().id().text();
    String last = devices.getLast().id().text();
    return List.of(
        "/",
        "/?by=branch&step=week",
        "/sessions",
        "/session?id=story",
        "/session?id=story&sort=cost",
        "/people-usage",
        "/person?person=" + "x".repeat(120),
        "/mine",
        "/project?project=" + Visit.encoded(Crowd.NAMES.getFirst()),
        "/project?project=" + Visit.encoded(Crowd.NAMES.get(1)),
        "/model?model=" + Crowd.UNPRICED,
        "/branch?branch=main",
        "/device?device=" + last,
        "/projects",
        "/branches",
        "/models",
        "/devices",
        "/devices/" + first,
        "/devices/" + last,
        "/limits",
        "/limits/why",
        "/quality",
        "/organization",
        "/organization/reports",
        "/people",
        "/settings/prices",
        "/audit");
  }
}

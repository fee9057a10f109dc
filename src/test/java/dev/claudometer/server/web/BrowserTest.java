package dev.claudometer.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.server.TestServer;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person does, in a real browser. Skipped where there is none.
///
/// `-Dscreenshots=DIR` keeps pictures of all pages.
@Tag("browser")
class BrowserTest {

  /// As high as the longest page.
  private static final int WHOLE = 3200;

  private static final List<String> MODELS =
      List.of("claude-opus-5", "claude-sonnet-4-5", "claude-haiku-4-5");

  private TestServer server;
  private Visit visit;
  private Browser browser;

  @BeforeEach
  void start(@TempDir Path place) throws IOException {
    assumeTrue(
        Browser.installed(),
        "no browser: apt-get install chromium chromium-driver to run this test");
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    visit = new Visit(server);
    browser = Browser.start();
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
      server.close();
    }
  }

  @Test
  void personLogsInLooksRoundAndLogsOut() {
    server.login("ada", Role.ADMIN);
    deliver();
    open("/sessions");
    browser.type("input[name=name]", "ada");
    browser.type("input[name=password]", TestServer.PASSWORD);
    browser.click("button.main");
    browser.see("h1", "Sessions");
    browser.type("input[name=text]", "loom");
    browser.click(".picker button");
    browser.until("return location.search.includes('text=loom')");
    browser.see("#sessions tbody", "loom");
    assertThat(browser.run("return document.body.textContent.includes('atlas')").asBoolean())
        .isFalse();
    browser.click("#sessions tbody a");
    browser.click("#timeline details summary");
    browser.see("#timeline details p", "output × $");
    browser.click("a[href='/']");
    browser.see("h1", "Overview");
    open(lastThirtyDays());
    browser.until("return Chart.getChart(document.querySelector('canvas')) !== undefined");
    assertThat(browser.run("return Object.values(Chart.instances)[0].data.datasets.length").asInt())
        .isEqualTo(MODELS.size());
    browser.click("[data-theme-switch]");
    assertThat(browser.run("return document.documentElement.dataset.theme").asText()).isNotEmpty();
    browser.click("form[action='/logout'] button");
    browser.until("return location.pathname === '/login'");
    open("/");
    assertThat(browser.address()).contains("/login");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void barLeadsToItsSessionsAndFromThereToTheArithmetic() {
    logIn();
    deliver();
    open(lastThirtyDays());
    browser.until("return Chart.getChart(document.querySelector('canvas')) !== undefined");
    assertThat(
            browser
                .run(
                    """
                    const tone = (name) =>
                      getComputedStyle(document.documentElement).getPropertyValue(name).trim();
                    return Object.values(Chart.instances)[0].data.datasets.map((part) =>
                      [part.label, part.backgroundColor === tone('--' + part.label.split(' ')[0].toLowerCase() + '-1')]);
                    """)
                .toString())
        .as("a colour is that of the family and version")
        .contains("[\"Opus 5\",true]", "[\"Sonnet 4.5\",true]", "[\"Haiku 4.5\",false]");
    browser.run(
        """
        const chart = Object.values(Chart.instances)[0];
        const { x, y } = chart.getDatasetMeta(0).data.at(-1).getCenterPoint();
        const { left, top } = chart.canvas.getBoundingClientRect();
        const at = { clientX: left + x, clientY: top + y, bubbles: true };
        chart.canvas.dispatchEvent(new MouseEvent('click', at));
        """);
    browser.until("return location.pathname === '/sessions'");
    assertThat(browser.address()).contains("sort=cost", "model=", "from=", "to=");
    browser.see(".head", "session");
    browser.click("#sessions tbody a");
    browser.click("#timeline details summary");
    browser.see("#timeline details p", "output × $");
    assertThat(browser.complaints()).isEmpty();
  }

  /// Each step is one action of the reader.
  @Test
  void overviewAnswersTheFirstQuestionsWithoutAnActionAndOthersWithOne() {
    logIn();
    deliver();
    open("/");
    browser.see(".hero .figure", "$");
    browser.see(".hero", " in ");
    browser.see("#people tbody", "no owner");
    browser.see("#sessions tbody tr:first-child", "$");
    browser.see(".gauges li:first-child", "60");
    browser.see(".movers", "new");
    browser.click("nav[aria-label=Period] a:nth-of-type(2)");
    browser.until("return location.search.includes('from=')");
    browser.see(".hero .figure", "$");
    String period = browser.run("return location.search").asText();
    browser.click("#projects tbody a");
    browser.until("return location.pathname === '/project'");
    assertThat(browser.address()).contains(period.substring(1));
    browser.see("h1", "-home-ada-");
    browser.click("#sessions tbody a");
    browser.until("return location.pathname === '/session'");
    browser.click("#expensive details summary");
    browser.see("#expensive details p", "output × $");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void usageThatArrivesIsShownWithoutLoadingThePageAnew() {
    String key = server.device("laptop");
    String at = Instant.now().toString();
    visit.deliver(key, Visit.usage("m1", at, "loom-1", "-home-ada-loom", "claude-opus-5", 321));
    logIn();
    browser.see("[data-live-note]", "Live");
    browser.run("window.same = true; document.querySelector('#models .scroll').focus()");
    visit.deliver(key, Visit.usage("m2", at, "loom-1", "-home-ada-loom", "claude-nova-9", 4000));
    browser.see(".tokens", "4,321");
    browser.see("#models", "Nova 9");
    browser.see("[data-live-note]", "new figures at");
    browser.until("return Object.values(Chart.instances)[0].data.datasets.length === 2");
    assertThat(
            browser
                .run("return window.same && document.activeElement.matches('#models .scroll')")
                .asBoolean())
        .isTrue();
    browser.click("[data-live-pause]");
    browser.see("[data-live-note]", "Paused");
    visit.deliver(key, Visit.usage("m3", at, "loom-1", "-home-ada-loom", "claude-opus-5", 1000));
    browser.click("[data-live-pause]");
    browser.see(".tokens", "5,321");
    assertThat(browser.complaints()).isEmpty();
  }

  /// A browser restores what was typed into forms: not into those that say what a page shows.
  @Test
  void afterGoingBackFieldsSayWhatTheRowsAre() {
    logIn();
    deliver();
    open("/sessions");
    browser.type(".picker input[name=text]", "loom");
    browser.click(".picker button");
    browser.until("return location.search.includes('text=loom')");
    browser.until("return document.readyState === 'complete'");
    browser.see("#sessions tbody", "loom");
    browser.type(".picker input[name=text]", "atlas");
    browser.click(".picker button");
    browser.until("return location.search.includes('text=atlas')");
    browser.run("history.back()");
    browser.until("return location.search.includes('text=loom')");
    browser.see("#sessions tbody", "loom");
    assertThat(
            browser.run("return document.querySelector('.picker input[name=text]').value").asText())
        .isEqualTo("loom");
  }

  @Test
  void whoIsLoggedOutElsewhereIsToldThatAndNothingElse() {
    logIn();
    browser.see("[data-live-note]", "Live");
    browser.run(
        """
        window.said = [];
        const note = document.querySelector('[data-live-note]');
        new MutationObserver(() => window.said.push(note.textContent))
          .observe(note, { childList: true, characterData: true, subtree: true });
        """);
    String elsewhere = visit.login("ada", TestServer.PASSWORD);
    String password = Visit.encoded(TestServer.PASSWORD);
    visit.form(
        "/account/password",
        "current=" + password + "&password=" + password + "2&again=" + password + "2",
        "Cookie",
        elsewhere);
    browser.see("[data-live-note]", "you are logged out");
    assertThat(browser.run("return window.said.filter((each) => each.includes('server'))"))
        .isEmpty();
  }

  @Test
  void otherPeriodsOpenBesideTheBarAndCloseWithEscape() {
    logIn();
    browser.click("details.other summary");
    browser.see(".pop", "This quarter");
    browser.press("details.other summary", "\uE00C");
    browser.until("return !document.querySelector('details.other').open");
    browser.click("details.other summary");
    browser.click(".pop nav a:nth-of-type(2)");
    browser.until("return location.search.includes('from=')");
    browser.see("details.other summary", "Last week");
    assertThat(browser.complaints()).isEmpty();
  }

  /// Where pictures are wanted: [CrowdedPagesTest] looks at the same pages with more in them.
  @Test
  void pagesFitThePhoneAndHaveNoSeriousFindingOfAxe() throws IOException {
    assumeTrue(System.getProperty("screenshots") != null, "no pictures are wanted");
    logIn();
    new Company(server, Instant.now().truncatedTo(ChronoUnit.SECONDS)).open();
    String device = server.registry.devices().list().getFirst().id().text();
    assertThat(
            findings(
                "/",
                "/sessions",
                "/session?id=" + Company.LARGEST,
                "/projects",
                "/branches",
                "/models",
                "/devices",
                "/devices/" + device,
                "/limits",
                "/limits/why",
                "/find?text=atlas",
                "/views",
                "/views/new?of=%2Fsessions",
                "/notes",
                "/what-if?cacheTtl=1h",
                "/quality",
                "/organization",
                "/organization/reports",
                "/account",
                "/people",
                "/settings",
                "/settings/prices",
                "/settings/access",
                "/settings/upkeep",
                "/logs",
                "/audit",
                "/setup/server",
                "/setup/retention",
                "/setup/device",
                "/nothing"))
        .isEmpty();
    assertThat(browser.complaints())
        .allMatch(complaint -> complaint.contains("/nothing - Failed to load resource"));
  }

  @Test
  void pagesBeforeLoggingInHaveNoSeriousFindingEither() throws IOException {
    assertThat(findings("/setup", "/setup/admin")).isEmpty();
    server.login("ada", Role.ADMIN);
    assertThat(findings("/login")).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void logIsFollowedAndPausedWithTheKeyboard() throws InterruptedException {
    logIn();
    System.Logger logger = System.getLogger("claudometer.probe");
    open("/logs");
    browser.run("document.querySelector('[data-follow]').focus()");
    browser.press("[data-follow]", "\uE007");
    browser.see("[data-followed]", "Following.");
    Thread.sleep(500);
    logger.log(System.Logger.Level.WARNING, "a <b>new</b> line\u202e\nand more");
    browser.see("#log tbody", "a <b>new</b> line\\u202e");
    browser.press("[data-follow]", " ");
    browser.see("[data-followed]", "Paused.");
    logger.log(System.Logger.Level.WARNING, "unseen");
    Thread.sleep(1_500);
    assertThat(browser.run("return document.body.innerText.includes('unseen')").asBoolean())
        .isFalse();
    browser.press("[data-follow]", " ");
    browser.see("#log tbody", "unseen");
    assertThat(browser.findings()).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  /// What is wrong with pages, on a screen and a phone, light and dark.
  private List<String> findings(String... pages) throws IOException {
    String pictures = System.getProperty("screenshots");
    List<String> findings = new ArrayList<>();
    for (int width : List.of(1280, 390)) {
      for (boolean dark : List.of(false, true)) {
        browser.look(width, 900, dark);
        for (String page : pages) {
          open(page);
          browser.until(
              "return document.readyState === 'complete' && (!document.querySelector('canvas')"
                  + " || Chart.getChart(document.querySelector('canvas')) !== undefined)");
          assertThat(
                  browser.run("return document.documentElement.scrollWidth - innerWidth").asInt())
              .as(page + " at " + width)
              .isLessThanOrEqualTo(0);
          for (String finding : browser.findings()) {
            findings.add(page + " at " + width + (dark ? " dark: " : " light: ") + finding);
          }
          if (pictures != null) {
            keep(Path.of(pictures), page, width, dark);
          }
        }
      }
    }
    return findings;
  }

  private void keep(Path directory, String page, int width, boolean dark) throws IOException {
    String name =
        page.equals("/")
            ? "overview"
            : page.startsWith("/devices/")
                ? "device"
                : page.substring(1).replaceAll("\\?.*", "").replace('/', '-');
    String file = name + (width < 600 ? "-phone" : "") + (dark ? "-dark" : "") + ".png";
    Files.createDirectories(directory);
    Files.write(directory.resolve(file), browser.picture());
    if (page.equals("/")) {
      browser.look(width, WHOLE, dark);
      browser.until("return innerHeight === " + WHOLE);
      Files.write(directory.resolve("whole-" + file), browser.picture());
      browser.look(width, 900, dark);
    }
  }

  private void logIn() {
    server.login("ada", Role.ADMIN);
    open("/login");
    browser.type("input[name=name]", "ada");
    browser.type("input[name=password]", TestServer.PASSWORD);
    browser.click("button.main");
    browser.until("return location.pathname === '/'");
  }

  private void open(String path) {
    browser.open("http://localhost:" + server.port() + path);
  }

  /// All that is delivered: on the first of a month, the month has only its beginning.
  private static String lastThirtyDays() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    return "/?from=" + today.minusDays(29) + "&to=" + today;
  }

  /// A bill, readings of plan windows, a pull request, and transcripts with something new.
  private void deliverMore(String device, Instant now) {
    var elements = new ArrayList<String>();
    for (int hour = 12; hour >= 0; hour--) {
      for (String window : List.of("five_hour", "seven_day")) {
        elements.add(
            "{\"type\":\"limit\",\"window\":\"%s\",\"utilization\":%s,\"resetsAt\":\"%s\",\"at\":\"%s\",\"origin\":\"statusline\"}"
                .formatted(
                    window,
                    window.equals("five_hour") ? 0.05 * (12 - hour) : 0.3 + 0.01 * (12 - hour),
                    now.plus(4, ChronoUnit.HOURS),
                    now.minus(hour, ChronoUnit.HOURS).minus(9, ChronoUnit.MINUTES)));
      }
    }
    elements.add(
        "{\"type\":\"activity\",\"kind\":\"pull_request\",\"key\":\"https://example/7\",\"at\":\"%s\",\"session\":\"loom-7\",\"project\":\"-home-ada-loom\",\"name\":\"ada/loom#7\",\"value\":1}"
            .formatted(now));
    elements.add(
        "{\"type\":\"file\",\"file\":\"/t/a.jsonl\",\"identity\":\"1\",\"size\":10,\"modified\":\"%s\",\"offset\":10,\"fingerprint\":1,\"lineTypes\":[{\"name\":\"novel\",\"count\":2}],\"unknownFields\":[{\"name\":\"spark\",\"count\":4}]}"
            .formatted(now));
    visit.deliver(device, elements.toArray(String[]::new));
    Instant day = now.truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.DAYS);
    server.billing.put(
        List.of(
            new BilledBucket(
                BilledReport.COST,
                day,
                day.plus(1, ChronoUnit.DAYS),
                now,
                List.of(
                    new BilledBucket.Line(
                        new BilledGroup(Map.of(BilledDimension.MODEL, MODELS.getFirst())),
                        new BilledAmounts(Map.of(Measure.COST, 2_000_000_000L)))))),
        Poll.first("cost"));
  }

  private void deliver() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    for (String device : List.of("laptop", "build server")) {
      var elements = new ArrayList<String>();
      for (int i = 0; i < 60; i++) {
        String project = List.of("loom", "atlas", "ferry").get(i % 3);
        elements.add(
            Visit.usage(
                device + i,
                now.minus(i * 7L, ChronoUnit.HOURS).toString(),
                project + "-" + i / 8,
                "-home-ada-" + project,
                MODELS.get(i * 7 % 5 % 3),
                500 + 97L * i % 3000));
      }
      String key = server.device(device);
      visit.deliver(key, elements.toArray(String[]::new));
      if (device.equals("laptop")) {
        deliverMore(key, now);
      }
    }
    server.sightings.flush();
  }
}

package dev.claudometer.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.Claudometer;
import dev.claudometer.server.TestServer;
import dev.claudometer.source.claudecode.Lines;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first day with a server, in a real browser and with a real agent: from the set-up token to
/// logging out. Skipped where there is no browser.
@Tag("browser")
class FirstDayTest {

  private static final String YESTERDAY = "2026-11-20";
  private static final String TODAY = "2026-11-21";

  @TempDir private Path directory;
  private TestServer server;
  private Browser browser;
  private Path home;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(
        Browser.installed(),
        "no browser: apt-get install chromium chromium-driver to run this test");
    server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clockFrom(Instant.parse(TODAY + "T12:00:00Z"));
    home = directory.resolve("home");
    Files.createDirectories(home.resolve(".claude/projects/-home-me-x-y"));
    browser = Browser.start();
    browser.look(1280, 900, false);
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      claudometer("agent", "stop");
      browser.close();
      server.close();
    }
  }

  @Test
  void personSetsUpEnrolsAMachineSeesItsUsageExplainsANumberAndLogsOut() throws Exception {
    write("late", Lines.answer("msg_1", "req_1", "late", YESTERDAY + "T23:30:00.000Z", 321));
    write("other", Lines.answer("msg_2", "req_2", "other", YESTERDAY + "T12:00:00.000Z", 10));
    setUp();
    enrol();
    seeUsageArrive();
    filterOpenAndExplain();
    changeTheZone();
    rotateTheKey();
    browser.click("form[action='/logout'] button");
    browser.until("return location.pathname === '/login'");
    open("/sessions");
    assertThat(browser.address()).contains("/login");
    assertThat(browser.complaints()).isEmpty();
  }

  private void setUp() {
    open("/");
    browser.until("return location.pathname === '/setup'");
    browser.click("a.main");
    browser.type("input[name=token]", server.setupToken());
    browser.type("input[name=name]", "ada");
    browser.type("input[name=password]", TestServer.PASSWORD);
    browser.type("input[name=again]", TestServer.PASSWORD + "?");
    browser.click("button.main");
    browser.see("[role=alert]", "The two passwords are not the same.");
    assertThat(browser.run("return document.querySelector('input[name=name]').value").asText())
        .as("what was typed stays")
        .isEqualTo("ada");
    assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("422"));
    browser.type("input[name=password]", TestServer.PASSWORD);
    browser.type("input[name=again]", TestServer.PASSWORD);
    browser.click("button.main");
    browser.see("h1", "Server");
    browser.run("document.querySelector('select[name=timeZone]').value = 'UTC'");
    browser.click("button.main");
    browser.see("h1", "Retention");
    open("/setup");
    browser.see("h1", "Retention");
    browser.click("button.main");
    browser.see("h1", "Add a device");
  }

  private void enrol() {
    browser.type("input[name=name]", "laptop");
    browser.click("button.main");
    browser.see("#linux", "claudometer agent setup --server");
    browser.click("[data-copy=linux]");
    browser.see("[data-copy=linux] + [data-copied]", "op");
    browser.see("#arrivals", "Nothing yet.");
    String command = browser.run("return document.querySelector('#linux').textContent").asText();
    List<String> words = Arrays.asList(command.substring(0, command.indexOf(" &&")).split(" ", -1));
    claudometer(words.subList(1, words.size()).toArray(String[]::new));
    claudometer("agent", "start", "--live");
    browser.see("#arrivals", "laptop connected, 2 sessions read");
    browser.see("#arrivals b", "$");
    assertThat(browser.findings()).isEmpty();
    browser.click("form[action='/setup/done'] button");
    browser.see("h1", "Overview");
  }

  private void seeUsageArrive() throws Exception {
    awaitPage("/sessions", YESTERDAY + " 23:30");
    open("/");
    browser.run("window.before = document.querySelector('#live').innerText");
    write("new", Lines.answer("msg_3", "req_3", "new", TODAY + "T00:00:01.000Z", 5));
    browser.until(
        "return window.before !== undefined"
            + " && document.querySelector('#live').innerText !== window.before");
    awaitPage("/sessions", TODAY + " 00:00");
    awaitPage("/devices", "online");
  }

  private void filterOpenAndExplain() {
    open("/sessions");
    browser.type("input[name=text]", "late");
    browser.click(".picker button");
    browser.until("return location.search.includes('text=late')");
    browser.see("#sessions tbody", YESTERDAY + " 23:30");
    assertThat(browser.run("return document.querySelectorAll('#sessions tbody tr').length").asInt())
        .isEqualTo(1);
    browser.click("#sessions tbody a");
    browser.until("return Chart.getChart(document.querySelector('canvas')) !== undefined");
    browser.click("#timeline details summary");
    browser.see("#timeline details p", "321 output × $");
    browser.see("#timeline details p", "price row claude-opus-5, in force, from ");
    browser.see("#timeline details p", "late.jsonl:0");
  }

  private void changeTheZone() {
    assertThat(costOn(YESTERDAY)).isNotEqualTo(costOn(TODAY));
    String before = costOn(TODAY);
    open("/settings");
    browser.run("document.querySelector('select[name=timeZone]').value = 'Asia/Tokyo'");
    browser.click("form[action='/settings'] button.main");
    browser.see(".done", "The settings are saved.");
    open("/sessions?text=late");
    browser.see("#sessions tbody", TODAY + " 08:30");
    assertThat(costOn(TODAY)).as("the late answer is of today there").isNotEqualTo(before);
  }

  private String costOn(String day) {
    open("/?from=" + day + "&to=" + day);
    return browser.until("return document.querySelector('.hero .figure').innerText").asText();
  }

  private void rotateTheKey() {
    open("/devices");
    browser.click("#devices tbody a");
    browser.see("h1", "laptop");
    browser.click("form[action$='/rotate'] button");
    browser.agree();
    browser.see("#key", "dk_");
    String key = browser.run("return document.querySelector('#key').textContent").asText();
    assertThat(server.get("/api/v1/device", "X-Device-Key", key).statusCode()).isEqualTo(200);
  }

  /// Reloads a page until it shows a text. Looks seldom enough for the limit of requests a minute.
  private void awaitPage(String path, String text) throws InterruptedException {
    long end = System.nanoTime() + 120_000_000_000L;
    while (System.nanoTime() - end < 0) {
      open(path);
      if (browser
          .run("return document.querySelector('main').innerText.includes(arguments[0])", text)
          .asBoolean()) {
        return;
      }
      Thread.sleep(2_000);
    }
    throw new AssertionError(path + " never showed " + text);
  }

  private void open(String path) {
    browser.open("http://localhost:" + server.port() + path);
  }

  private void write(String session, String line) throws IOException {
    Files.writeString(
        home.resolve(".claude/projects/-home-me-x-y/" + session + ".jsonl"), line + "\n");
  }

  /// Types a command on the machine.
  private void claudometer(String... arguments) {
    var err = new ByteArrayOutputStream();
    var surroundings =
        new Surroundings(
            Map.of("HOME", home.toString(), "PATH", "/usr/bin:/bin", "HOSTNAME", "host"),
            home,
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(new ByteArrayOutputStream(), false, UTF_8),
            new PrintStream(err, true, UTF_8),
            InstantSource.system(),
            ZoneOffset.UTC,
            0,
            false);
    int code = Claudometer.run(surroundings, arguments);
    assertThat(code).as(String.join(" ", arguments) + ": " + err.toString(UTF_8)).isZero();
  }
}

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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables are sorted, searched and paged. Skipped where there is no browser.
@Tag("browser")
class TableLayoutTest {

  private static final List<String> NAMES =
      List.of(
          "-home-ada-" + "a-project-with-a-name-that-nobody-can-read-aloud-".repeat(3) + "end",
          "مشروع-طويل-جدا-باسم-عربي-لا-ينتهي-أبدا-مهما-حاولت-أن-تقرأه-حتى-آخره-يا-صديقي",
          "<img src=x onerror=alert(1)>",
          "プロジェクト甲の設計と実装と試験と配備と運用と保守と廃止についての長い名前の計画書",
          "loom");

  private static final List<String> MODELS =
      List.of(
          "claude-opus-5",
          "claude-haiku-4-5-20251001",
          "claude-mythos-preview-20261101",
          "anthropic.claude-sonnet-4-5-20250929-v1:0-of-a-very-long-inference-profile");

  private TestServer server;
  private Browser browser;

  @BeforeEach
  void start(@TempDir Path place) throws IOException {
    assumeTrue(Browser.installed(), "no browser");
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.login("ada", Role.ADMIN);
    deliver(new Visit(server));
    browser = Browser.start();
    browser.open("http://localhost:" + server.port() + "/login");
    browser.type("input[name=name]", "ada");
    browser.type("input[name=password]", TestServer.PASSWORD);
    browser.click("button.main");
    browser.until("return location.pathname === '/'");
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
      server.close();
    }
  }

  @Test
  void periodIsInWordsAndItsBarIsOneLineOnADesktop() {
    browser.look(1440, 900, false);
    browser.open(
        "http://localhost:" + server.port() + "/?from=2025-12-30&to=2026-09-26&tz=Europe/Berlin");
    browser.until("return document.readyState === 'complete'");
    browser.see(".scope strong", "30 Dec 2025 – 26 Sep 2026");
    browser.see(".scope strong", "Europe/Berlin");
    assertThat(browser.run("return document.querySelector('.scope').clientHeight").asInt())
        .isBetween(30, 59);
  }

  @Test
  void rowsAreSortedSearchedAndPagedByTheirAddress() {
    browser.look(1280, 900, false);
    browser.open("http://localhost:" + server.port() + "/branches");
    browser.see("#branches .tools", "1–50 of 60");
    browser.click("#branches th:has(a[href*='branches.sort=branch']) a");
    browser.until("return location.search.includes('branches.sort=branch')");
    assertThat(first()).contains("branch-00");
    browser.click("#branches .pager a");
    browser.see("#branches .tools", "51–60 of 60");
    browser.type("#branches input[type=search]", "branch-07\uE007");
    browser.see("#branches .tools", "1–1 of 1");
    assertThat(first()).contains("branch-07");
    assertThat(browser.complaints()).isEmpty();
  }

  private String first() {
    return browser.run("return document.querySelector('#branches tbody td').innerText").asText();
  }

  private void deliver(Visit visit) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    for (String device : List.of("laptop", "a build server with quite a long name in rack 4")) {
      var elements = new ArrayList<String>();
      for (int i = 0; i < 60; i++) {
        String at = now.minus(i * 3L, ChronoUnit.HOURS).toString();
        String use =
            Visit.usage(
                    device + i,
                    at,
                    i % 4 == 0 ? "s0" : "5e55a1b2-0000-4000-8000-%012d".formatted(i),
                    NAMES.get(i % NAMES.size()),
                    MODELS.get(i % MODELS.size()),
                    1_000_000 + 12_345L * i)
                .replace("\"branch\":\"main\"", "\"branch\":\"feature/branch-%02d\"".formatted(i));
        elements.add(use);
      }
      for (String window : List.of("five_hour", "weekly_scoped:Fable")) {
        elements.add(
            "{\"type\":\"limit\",\"window\":\"%s\",\"utilization\":0.923,\"resetsAt\":\"%s\",\"at\":\"%s\",\"origin\":\"statusline\"}"
                .formatted(window, now.plusSeconds(6_440), now.minusSeconds(7_000)));
      }
      visit.deliver(server.device(device), elements.toArray(String[]::new));
    }
    server.sightings.flush();
  }
}

package dev.claudometer.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.claudometer.server.TestServer;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plan windows in words, the fullest first, and as steps.
class LimitsPageTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir private Path place;
  private TestServer server;
  private Visit visit;
  private String cookie;

  @BeforeEach
  void start() {
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(NOON);
    visit = new Visit(server);
    cookie = server.login("ada", Role.VIEWER);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fullestStandsFirstInWordsWithItsLengthAndTheTimeThatHasGone() {
    // a week that ends in 42 hours: three quarters of its 168 have gone
    visit.deliver(
        server.device("<b>desk"),
        limit("weekly_scoped:Fable", 0.5, "2026-11-20T11:00:00Z", "2026-11-22T06:00:00Z"));
    visit.deliver(
        server.device("laptop"),
        limit("five_hour", 0.97, "2026-11-20T11:30:00Z", "2026-11-20T13:00:00Z"),
        limit("seven_day", 0.81, "2026-11-20T11:30:00Z", "2026-11-22T06:00:00Z"));
    String page = page("/limits");
    assertThat(all(page, "<td role=\"cell\" class=\"number lead\"[^>]*>\\s*([0-9][^<\n]*)"))
        .containsExactly("97.0 %", "81.0 %", "50.0 %");
    assertThat(all(page, "<rect class=\"(hot|warm|calm)\"")).containsExactly("hot", "warm", "calm");
    assertThat(all(page, "<rect class=\"(?:hot|warm|calm)\" width=\"([^\"]*)\""))
        .containsExactly("97.0", "81.0", "50.0");
    assertThat(all(page, "class=\"gone\" x1=\"([^\"]*)\"")).containsExactly("80.0", "75.0", "75.0");
    assertThat(page)
        .contains("5-hour window", "Week, all models", "Week, Fable", "&lt;b&gt;desk", "42 h 0 min")
        .doesNotContain("<b>desk");
    assertThat(text(page))
        .contains("Nearly full 1 window 95 % and more: laptop")
        .contains("Filling up 1 window", "Enough left 1 window", "Not known 0 windows");
    assertThat(page("/limits?table=windows&as=csv"))
        .startsWith("who,window,utilization,used,elapsed,fullAt,resetsIn,resetsAt,device,at,origin")
        .contains("laptop,five_hour,0.97,0.97,0.8,,2026-11-20T13:00:00Z,2026-11-20T13:00:00Z,");
  }

  /// Of the day before noon, whose width is 1,000: 20 % from 6:00, 60 % from 7:00 (three quarters
  /// and 791.7), nothing from the reset at 9:00 on, 10 % from 11:00.
  @Test
  void historyIsStepsWithTheirResetMarked() {
    visit.deliver(
        server.device("laptop"),
        limit("five_hour", 0.2, "2026-11-20T06:00:00Z", "2026-11-20T09:00:00Z"),
        limit("five_hour", 0.6, "2026-11-20T07:00:00Z", "2026-11-20T09:00:00Z"),
        limit("five_hour", 0.1, "2026-11-20T11:00:00Z", "2026-11-20T14:00:00Z"));
    String page = page("/limits?days=1");
    assertThat(all(page, "class=\"tone-0\" d=\"([^\"]*)\""))
        .containsExactly("M750.0 800.0H791.7V400.0H875.0V1000.0H958.3V900.0H1000.0");
    assertThat(all(page, "class=\"tick\" x1=\"([^\"]*)\"")).containsExactly("87.50%");
    assertThat(page).contains("<title>2026-11-20 07:15: laptop 60 %</title>", ">100 %<");
  }

  @Test
  void severalDevicesAreDrawnAtOnceAndChosenInTheAddress() {
    for (String name : List.of("a", "b", "c", "d")) {
      visit.deliver(
          server.device(name),
          limit(
              "seven_day",
              0.1 + 0.1 * (name.charAt(0) - 'a'),
              "2026-11-20T06:00:00Z",
              "2026-11-22T06:00:00Z"));
    }
    String page = page("/limits");
    assertThat(all(page, "aria-label=\"Without ([^\"]*)\"")).containsExactly("d", "c", "b");
    assertThat(all(page, "<option value=\"[^\"]*\">([^<]*)")).containsExactly("a");
    String only = all(page, "<option value=\"([^\"]*)\">a<").getFirst();
    String one = page("/limits?device=" + only);
    assertThat(all(one, "class=\"(tone-[0-9])\" d=")).containsExactly("tone-0");
    assertThat(all(one, "<option value=\"[^\"]*\">([^<]*)")).containsExactly("b", "c", "d");
  }

  /// From 10 to 30 % between 9:00 and 11:00, in which one session used something: all of it is the
  /// session's, and the ten before are nobody's.
  @Test
  void whoFilledAWindowIsToldWithSharesThatComeToTheWhole() {
    String key = server.device("laptop");
    visit.deliver(
        key,
        Visit.usage("m1", "2026-11-20T10:00:00Z", "s-<1>", "-loom", "claude-opus-5", 900),
        limit("five_hour", 0.1, "2026-11-20T09:00:00Z", "2026-11-20T13:00:00Z"),
        limit("five_hour", 0.3, "2026-11-20T11:00:00Z", "2026-11-20T13:00:00Z"));
    String link = all(page("/limits"), "href=\"(/limits/why[^\"]*)\"").getFirst();
    String why = page(link.replace("&amp;", "&"));
    assertThat(text(why))
        .contains("5-hour window of laptop", "Used 30.0 %", "Resets 2026-11-20 13:00");
    assertThat(why)
        .contains("href=\"/session?id=s-%3C1%3E\"", "s-&lt;1&gt;")
        .doesNotContain("s-<1>");
    String csv = page(link.replace("&amp;", "&") + "&table=sessions&as=csv");
    double shares =
        csv.lines().skip(1).mapToDouble(line -> Double.parseDouble(line.split(",")[2])).sum();
    assertThat(shares).as(csv).isCloseTo(1, offset(1e-9));
    assertThat(csv).contains("s-<1>,0.2,");
  }

  private String page(String path) {
    var answer = visit.page(path, "Cookie", cookie);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static List<String> all(String page, String pattern) {
    return Pattern.compile(pattern)
        .matcher(page)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  private static String text(String html) {
    return html.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
  }

  private static String limit(String window, double used, String at, String resets) {
    return "{\"type\":\"limit\",\"window\":\"%s\",\"utilization\":%s,\"resetsAt\":\"%s\",\"at\":\"%s\",\"origin\":\"statusline\"}"
        .formatted(window, used, resets, at);
  }
}

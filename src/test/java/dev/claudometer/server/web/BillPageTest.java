package dev.claudometer.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page of a bill of three days. Each day's bill is $0.63, $0.66 and $0.69: three models at
/// $0.21, $0.22 and $0.23.
class BillPageTest {

  private static final Instant NOW = Instant.parse("2026-11-20T14:12:00Z");
  private static final String DAYS = "/organization?from=2026-11-17&to=2026-11-19";

  @TempDir private Path place;
  private TestServer server;
  private String cookie;

  @BeforeEach
  void start() {
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(NOW);
    cookie = server.login("fin", Role.FINANCE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fourFiguresStandOnTopAndCausesBelowThatAddUp() {
    new Office(server, NOW).open(3);
    String page = page(DAYS);
    assertThat(text(page))
        .contains("Billed by Anthropic $1.98", "Counted here", "Difference", "Unexplained")
        .contains("Anthropic’s cost report is known to 2026-11-20 00:00 UTC.")
        .contains("Covered by plans", "Keys and programs without an agent", "ci-nightly")
        .contains("By day", "2026-11-19", "3 days", "By model", "Opus 5", "3 models");
    assertThat(page).contains("<svg class=\"area\"", "class=\"minus\"", "class=\"unknown\"");
    String csv = page(DAYS + "&table=reconciled&as=csv");
    double sum =
        csv.lines()
            .skip(1)
            .filter(line -> !line.startsWith("Billed"))
            .mapToDouble(line -> Double.parseDouble(line.split(",")[1]))
            .sum();
    assertThat(csv.lines().filter(line -> line.startsWith("Billed by Anthropic,1.98"))).hasSize(1);
    assertThat(sum).isCloseTo(1.98, offset(1e-9));
  }

  @Test
  void everyCauseLeadsDownToItsDaysAndWhatTheyAreMadeOf() {
    new Office(server, NOW).open(3);
    String page = page(DAYS);
    Matcher cause =
        Pattern.compile("href=\"(/organization/cause\\?[^\"]*cause=without_agent[^\"]*)\"")
            .matcher(page);
    assertThat(cause.find()).isTrue();
    String days = page(cause.group(1).replace("&amp;", "&"));
    assertThat(text(days))
        .contains("Keys and programs without an agent: +", "2026-11-19", "ci-nightly");
    Matcher day =
        Pattern.compile("href=\"(/organization/cause\\?[^\"]*day=2026-11-19[^\"]*)\"")
            .matcher(days);
    assertThat(day.find()).isTrue();
    assertThat(text(page(day.group(1).replace("&amp;", "&"))))
        .contains("Lines of Anthropic’s usage report", "ci-nightly");
  }

  @Test
  void splitsShowOnlyColumnsThatHaveValuesAndHostileNamesAsText() {
    new Office(server, NOW).open(3);
    assertThat(text(page(DAYS + "&split=workspace")))
        .contains("By workspace", "<i>Loom", "1 workspace", "$1.98")
        .doesNotContain("By model");
    assertThat(page(DAYS + "&split=workspace")).contains("&lt;i&gt;Loom").doesNotContain("<i>Loom");
    String keys = page(DAYS + "&split=key");
    assertThat(text(keys.substring(keys.indexOf("id=\"split\""))))
        .contains("By key", "ci-nightly", "Used, at list prices", "2 keys")
        .doesNotContain("Billed", "Counted", "unknown");
    assertThat(page(DAYS + "&table=reconciled-person&as=csv"))
        .startsWith("person,countedUsd,toldUsd,billedUsd,")
        .contains("Ada Okafor,0.");
  }

  @Test
  void unknownBillIsSaidAndNotZero() {
    assertThat(text(page(DAYS)))
        .contains(
            "Nothing is known of Anthropic’s cost report",
            "Billed by Anthropic unknown",
            "Difference unknown",
            "Unexplained unknown",
            "Bill: nothing is known of what Anthropic billed for these days.")
        .doesNotContain("$0.00 explained");
  }

  @Test
  void monthThatIsOverIsClosedAndWhatChangesIsShownAsACorrection() {
    Instant november = Instant.parse("2026-11-05T14:12:00Z");
    server.clock(november);
    new Office(server, november).open(40);
    String october = "/organization?from=2026-10-01&to=2026-10-31";
    assertThat(text(page("/organization"))).doesNotContain("Close 2026");
    assertThat(text(page(october))).contains("over and open", "Close 2026-10");
    var visit = new Visit(server);
    assertThat(
            visit
                .form("/organization/close", "month=2026-10", "Cookie", cookie)
                .headers()
                .firstValue("Location"))
        .contains(october);
    assertThat(text(page(october)))
        .contains("Closed on 2026-11-05 14:12 UTC by user fin. Nothing has changed since.")
        .doesNotContain("Close again");
    Instant day = Instant.parse("2026-10-31T00:00:00Z");
    server.billing.put(
        List.of(
            new BilledBucket(
                BilledReport.COST,
                day,
                day.plus(Duration.ofDays(1)),
                november,
                List.of(
                    new BilledBucket.Line(
                        new BilledGroup(Map.of(BilledDimension.MODEL, "claude-opus-5")),
                        new BilledAmounts(Map.of(Measure.COST, 5_000_000_000L)))))),
        Poll.first("adminapi/cost"));
    assertThat(text(page(october)))
        .contains(
            "Corrections since then:", "2026-10-31, billed: $", "became $5.00", "Close again");
    String viewer = server.login("vic", Role.VIEWER);
    assertThat(visit.form("/organization/close", "month=2026-10", "Cookie", viewer).statusCode())
        .isEqualTo(403);
  }

  @Test
  void financeSeesItAViewerDoesNotAndOnlyAnAdministratorIsSentToChangeThings() {
    new Office(server, NOW).open(3);
    assertThat(page(DAYS)).doesNotContain("/setup/device");
    String admin = server.login("ada", Role.ADMIN);
    var visit = new Visit(server);
    assertThat(visit.page(DAYS, "Cookie", admin).body()).contains("href=\"/setup/device\"");
    String viewer = server.login("vic", Role.VIEWER);
    assertThat(visit.page(DAYS, "Cookie", viewer).statusCode()).isEqualTo(403);
  }

  private String page(String path) {
    var answer = new Visit(server).page(path, "Cookie", cookie);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  /// What is read, with a space between words.
  private static String text(String html) {
    return html.replaceAll("<[^>]*>", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replaceAll("\\s+", " ");
  }
}

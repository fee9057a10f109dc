package dev.claudometer.source.adminapi;

import static dev.claudometer.model.BilledDimension.ACCOUNT;
import static dev.claudometer.model.BilledDimension.API_KEY;
import static dev.claudometer.model.BilledDimension.INFERENCE_GEO;
import static dev.claudometer.model.BilledDimension.SERVICE_ACCOUNT;
import static dev.claudometer.model.BilledDimension.SERVICE_TIER;
import static dev.claudometer.model.BilledDimension.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.Answer.Reason;
import dev.claudometer.fetch.Patience;
import dev.claudometer.fetch.Service;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.model.TokenCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The newer analytics come first, and the older report where they do not answer.
class NewerUsageTest {

  private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");
  private static final Instant ONE = MIDNIGHT.plusSeconds(3600);
  private static final Instant NOW = Instant.parse("2026-11-20T12:34:56Z");
  private static final String PATH = "/v1/organizations/";

  private AdminSimulator simulator;
  private AdminApi api;

  @BeforeEach
  void start() {
    simulator = new AdminSimulator(NOW);
    simulator.messages.put(ONE, List.of(AdminSimulator.usage("k", "claude-opus-5", 99, 9)));
    api =
        new AdminApi(
            new Service(simulator.url(), Duration.ofSeconds(60)),
            AdminKey.of("sk-ant-admin01-canary"),
            "claudometer/test",
            new Patience(1, _ -> {}, new Random(1)));
  }

  @AfterEach
  void stop() {
    api.close();
    simulator.close();
  }

  @Test
  void rowIsReadWithWhoeverItWasFor() throws InterruptedException {
    rows(
        AdminSimulator.row(
            ONE,
            "apikey_1",
            "{\"type\":\"user_actor\",\"user_id\":\"user_1\",\"email_address\":null,\"deleted\":true}",
            "batch",
            1500),
        AdminSimulator.row(
            ONE,
            null,
            "{\"type\":\"service_account_actor\",\"service_account_id\":\"svac_1\"}",
            "standard",
            5),
        AdminSimulator.row(
            ONE, null, "{\"type\":\"api_actor\",\"api_key_id\":\"apikey_2\"}", "standard", 5),
        AdminSimulator.row(ONE, "apikey_3", "{\"type\":\"federated_actor\"}", "priority", 5),
        AdminSimulator.row(ONE, null, "null", "standard", 5));
    ReportPart part = given();
    assertThat(part.buckets()).as("hours that have begun").hasSize(13);
    assertThat(part.more()).isFalse();
    BilledBucket hour = part.buckets().get(1);
    assertThat(hour.report()).isEqualTo(BilledReport.MESSAGES);
    assertThat(hour.lines())
        .extracting(line -> values(line.group()::value))
        .containsExactly(
            "user_1||apikey_1|batch",
            "|svac_1||standard",
            "||apikey_2|standard",
            "||apikey_3|priority",
            "|||standard");
    var first = hour.lines().getFirst();
    assertThat(first.amounts().tokens()).isEqualTo(new TokenCounts(1500, 1, 20, 10, 30));
    assertThat(first.amounts().of(Measure.WEB_SEARCHES)).isEqualTo(2);
    assertThat(first.amounts().of(Measure.REQUESTS)).as("another report's").isNull();
    assertThat(first.group().value(INFERENCE_GEO)).isEqualTo("us");
    assertThat(first.group().value(WORKSPACE)).isEqualTo("wrkspc_1");
    assertThat(paths()).containsExactly("analytics/usage");
    assertThat(simulator.asked.getLast().headers().get("anthropic-version"))
        .isEqualTo("2023-06-01");
    assertThat(simulator.asked.getLast().headers().get("anthropic-beta"))
        .isEqualTo("analytics-usage-cost-2026-08-24");
  }

  private static String values(java.util.function.Function<BilledDimension, String> group) {
    return String.join(
        "|",
        group.apply(ACCOUNT),
        group.apply(SERVICE_ACCOUNT),
        group.apply(API_KEY),
        group.apply(SERVICE_TIER));
  }

  @Test
  void whereTheyAreNotOfferedTheOlderReportIsAskedUntilTomorrow() throws InterruptedException {
    assertThat(input()).isEqualTo(99);
    assertThat(paths()).containsExactly("analytics/usage", "usage_report/messages");
    assertThat(input()).isEqualTo(99);
    assertThat(paths()).hasSize(3);
    rows(AdminSimulator.row(ONE, null, "null", "standard", 5));
    assertThat(input(NOW.plus(Duration.ofDays(1)).minusSeconds(1))).isEqualTo(99);
    assertThat(paths().getLast()).isEqualTo("usage_report/messages");
    given(NOW.plus(Duration.ofDays(1)));
    assertThat(paths().getLast()).isEqualTo("analytics/usage");
  }

  /// A count that is a text, a row of another day, a row without its group's person.
  @Test
  void shapeThatIsNotKnownIsNoZeroButTheOlderReports() throws InterruptedException {
    String sound = AdminSimulator.row(ONE, null, "null", "standard", 5);
    for (String odd :
        List.of(
            sound.replace("\"uncached_input_tokens\":5", "\"uncached_input_tokens\":\"5\""),
            sound.replace("\"uncached_input_tokens\"", "\"input_tokens\""),
            sound.replace("\"cache_read_input_tokens\"", "\"cached_tokens\""),
            sound.replace("2026-11-20T01", "2026-11-19T01"),
            sound.replace("\"actor\":null", "\"actor\":{\"type\":\"user_actor\"}"))) {
      stop();
      start();
      rows(odd);
      assertThat(input()).as(odd).isEqualTo(99);
      assertThat(paths()).containsExactly("analytics/usage", "usage_report/messages");
    }
  }

  @Test
  void whatTheyDoNotReachBackToIsOfTheOlderReport() throws InterruptedException {
    rows(AdminSimulator.row(ONE, null, "null", "standard", 5));
    api.next(Report.MESSAGES, NOW.minus(Duration.ofDays(365)), null, NOW);
    api.next(Report.MESSAGES, Instant.parse("2025-12-31T23:00:00Z"), null, NOW);
    assertThat(paths()).containsOnly("usage_report/messages");
    given();
    assertThat(paths().getLast()).isEqualTo("analytics/usage");
  }

  @Test
  void keyThatIsRefusedIsAFailureAndNotAskedTwice() throws InterruptedException {
    simulator.broken.put("analytics/usage", new AdminSimulator.Broken(401, "{}"));
    assertThat(api.next(Report.MESSAGES, MIDNIGHT, null, NOW))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.UNAUTHORIZED));
    assertThat(paths()).containsExactly("analytics/usage");
  }

  @Test
  void whereTheyStayBusyTheOlderReportAnswers() throws InterruptedException {
    rows(AdminSimulator.row(ONE, null, "null", "standard", 5));
    simulator.broken.put("analytics/usage", new AdminSimulator.Broken(503, "{}"));
    for (int i = 0; i < 2; i++) {
      assertThat(api.next(Report.MESSAGES, MIDNIGHT, null, NOW))
          .as("what it asks for is waited for")
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.BUSY));
    }
    assertThat(input()).isEqualTo(99);
    simulator.broken.clear();
    assertThat(input(NOW.plusSeconds(899))).isEqualTo(99);
    assertThat(paths().getLast()).isEqualTo("usage_report/messages");
    given(NOW.plusSeconds(900));
    assertThat(paths().getLast()).isEqualTo("analytics/usage");
  }

  private void rows(String... rows) {
    simulator.analytics = new TreeMap<>(Map.of(ONE, List.of(rows)));
  }

  private List<String> paths() {
    return simulator.asked.stream().map(asked -> asked.path().substring(PATH.length())).toList();
  }

  private long input() throws InterruptedException {
    return input(NOW);
  }

  private long input(Instant now) throws InterruptedException {
    return given(now).buckets().get(1).lines().getFirst().amounts().tokens().input();
  }

  private ReportPart given() throws InterruptedException {
    return given(NOW);
  }

  private ReportPart given(Instant now) throws InterruptedException {
    var answer = api.next(Report.MESSAGES, MIDNIGHT, null, now);
    assertThat(answer).isInstanceOf(Given.class);
    return ((Given<ReportPart>) answer).value();
  }
}

package dev.claudometer.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import dev.claudometer.fetch.Patience;
import dev.claudometer.fetch.Service;
import dev.claudometer.fetch.Simulator;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.model.Usd;
import dev.claudometer.report.bill.BillAnswers;
import dev.claudometer.report.bill.MemberSpending;
import dev.claudometer.source.adminapi.AdminApi;
import dev.claudometer.source.adminapi.AdminKey;
import dev.claudometer.source.adminapi.AdminSimulator;
import dev.claudometer.source.adminapi.Report;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.bill.BilledSum;
import dev.claudometer.store.bill.Billing;
import dev.claudometer.store.sql.bill.SqlBilling;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrganizationPollTest {

  private static final Instant SINCE = Instant.parse("2026-10-28T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final Map<Instant, Map<String, Long>> truth = new TreeMap<>();
  private Instant now = Instant.parse("2026-11-01T12:30:00Z");
  private AdminSimulator simulator;
  private Path file;
  private Database database;
  private Billing billing;
  private OrganizationPoll poll;

  @BeforeEach
  void start(@TempDir Path directory) {
    file = directory.resolve("store.db");
    simulator = new AdminSimulator(now);
    restart();
  }

  @AfterEach
  void stop() {
    database.close();
    simulator.close();
  }

  @Test
  void spendLimitsReplaceThoseBefore() throws InterruptedException {
    simulator.spendLimits = List.of(limit("user_1", "10000"), limit("user_2", "100"));
    poll.run();
    assertThat(new BillAnswers(billing).spending())
        .extracting(MemberSpending::member, MemberSpending::leftCost)
        .containsExactly(
            tuple("user_1", new Usd(80_000_000_000L)), tuple("user_2", new Usd(-19_000_000_000L)));
    simulator.spendLimits = List.of(limit("user_1", "5000"));
    now = now.plus(Duration.ofMinutes(14));
    poll.run();
    assertThat(billing.spendLimits()).hasSize(2);
    now = now.plus(Duration.ofMinutes(1));
    poll.run();
    assertThat(billing.spendLimits())
        .singleElement()
        .satisfies(limit -> assertThat(limit.limit()).isEqualTo(new Usd(50_000_000_000L)));
  }

  @Test
  void organisationWithoutSpendLimitsIsAskedAgainTomorrow() throws InterruptedException {
    assertThat(poll.run().failures()).isEmpty();
    assertThat(billing.spendLimits()).isEmpty();
    simulator.spendLimits = List.of(limit("user_1", "5000"));
    now = now.plus(Duration.ofHours(23));
    poll.run();
    assertThat(billing.spendLimits()).isEmpty();
    now = now.plus(Duration.ofHours(1));
    poll.run();
    assertThat(billing.spendLimits()).hasSize(1);
  }

  /// A Console organisation has limits, and no members with limits; an older service, the other way
  /// round.
  @Test
  void oneOfTheTwoListsOfSpendLimitsIsEnough() throws InterruptedException {
    simulator.spendCaps =
        List.of(
            """
            {"id":"spl_1","amount":"5000","currency":"USD","period":"monthly","is_enabled":true,\
            "scope":{"type":"workspace","workspace_id":"w1"}}\
            """);
    assertThat(poll.run().failures()).isEmpty();
    assertThat(billing.spendCaps()).hasSize(1);
    assertThat(billing.spendLimits()).isEmpty();
    simulator.spendCaps = null;
    simulator.spendLimits = List.of(limit("user_1", "5000"));
    now = now.plus(Duration.ofMinutes(15));
    assertThat(poll.run().failures()).as("what was offered is missed").hasSize(1);
    assertThat(billing.spendCaps()).as("and kept").hasSize(1);
    simulator.spendCaps = List.of();
    now = now.plus(Duration.ofMinutes(15));
    assertThat(poll.run().failures()).isEmpty();
    assertThat(billing.spendCaps()).isEmpty();
    assertThat(billing.spendLimits()).hasSize(1);
  }

  private static String limit(String member, String cents) {
    return """
    {"scope":{"type":"user","user_id":"%s"},"amount":"%s","currency":"USD","period":"monthly",\
    "source":{"type":"user"},"period_to_date_spend":"2000"}\
    """
        .formatted(member, cents);
  }

  /// What was in memory is gone.
  private void restart() {
    if (database != null) {
      database.close();
    }
    database = SqliteStore.database(file, Durability.POWER_CUT);
    billing = new SqlBilling(database);
    poll = poll(billing, SINCE);
  }

  private OrganizationPoll poll(Billing into, Instant since) {
    var api =
        new AdminApi(
            new Service(simulator.url(), Duration.ofSeconds(20)),
            AdminKey.of("sk-ant-admin01-canary"),
            "claudometer/test",
            new Patience(1, _ -> {}, new Random(1)));
    return new OrganizationPoll(api, into, () -> now, PollLog.NONE, since);
  }

  @Test
  void firstRoundReadsHistoryAndLaterOnesWhatIsNew() throws InterruptedException {
    use("2026-10-28T00:00:00Z", "k1", 5);
    use("2026-11-01T12:00:00Z", "k1", 7);
    assertThat(poll.run().failures()).isEmpty();
    assertThat(inputs()).isEqualTo(12);
    assertThat(asked("usage_report/messages").getFirst().parameter("starting_at"))
        .isEqualTo(SINCE.toString());
    pass(Duration.ofMinutes(2));
    use("2026-11-01T12:00:00Z", "k1", 9);
    simulator.asked.clear();
    Outcome outcome = poll.run();
    assertThat(outcome.placed().grown()).isEqualTo(1);
    assertThat(inputs()).isEqualTo(14);
    assertThat(asked("usage_report/messages")).as("a day back is one page").hasSize(1);
  }

  @Test
  void nothingIsAskedTwiceWithinAMinute() throws InterruptedException {
    poll.run();
    int asked = simulator.asked.size();
    pass(Duration.ofSeconds(50));
    poll.run();
    restart();
    poll.run();
    assertThat(simulator.asked).hasSize(asked);
    pass(Duration.ofSeconds(10));
    poll.run();
    assertThat(simulator.asked).hasSizeGreaterThan(asked);
  }

  @Test
  void roundThatWasCutIsGoneOnWithByAnotherProcess() throws InterruptedException {
    use("2026-10-28T01:00:00Z", "k1", 5);
    use("2026-10-31T01:00:00Z", "k1", 7);
    poll.run();
    database.close();
    assertThat(file.toFile().delete()).isTrue();
    restart();
    simulator.asked.clear();
    passNames();
    // the newer analytics, which are not offered here, and a page of the older report
    simulator.fails(this::simulatorAnswers);
    simulator.fails(this::simulatorAnswers);
    simulator.fails(Simulator.cut());
    Outcome outcome = poll.run();
    assertThat(outcome.failures().getFirst()).contains("cut the connection");
    assertThat(billing.poll(Report.MESSAGES.source()).next())
        .isEqualTo(Instant.parse("2026-10-29T00:00:00Z"));
    assertThat(inputs()).isEqualTo(5);
    restart();
    simulator.asked.clear();
    pass(Duration.ofMinutes(1));
    assertThat(poll.run().failures()).isEmpty();
    assertThat(asked("usage_report/messages").getFirst().parameter("starting_at"))
        .isEqualTo("2026-10-29T00:00:00Z");
    assertThat(inputs()).isEqualTo(12);
  }

  @Test
  void refusedKeyIsOneSentenceAndWhatIsStoredStays() throws InterruptedException {
    use("2026-11-01T12:00:00Z", "k1", 7);
    poll.run();
    pass(Duration.ofMinutes(20));
    for (int i = 0; i < 10; i++) {
      simulator.fails(
          Simulator.status(
              401,
              "{\"error\":{\"type\":\"authentication_error\",\"message\":\"invalid x-api-key\"}}"));
    }
    Outcome outcome = poll.run();
    assertThat(outcome.failures())
        .containsExactly(
            "localhost does not accept the key (401 authentication_error: invalid x-api-key)");
    assertThat(inputs()).isEqualTo(7);
    assertThat(billing.poll(Report.MESSAGES.source()).up()).isFalse();
    assertThat(billing.poll(Report.MESSAGES.source()).done())
        .isEqualTo(now.minus(Duration.ofMinutes(20)));
  }

  @Test
  void keyOfAnotherOrganizationChangesNothing() throws InterruptedException {
    use("2026-11-01T12:00:00Z", "k1", 7);
    poll.run();
    restart();
    pass(Duration.ofHours(7));
    use("2026-11-01T12:00:00Z", "k1", 9);
    simulator.fails(Simulator.status(200, "{\"id\":\"org-2\",\"name\":\"Beta\"}"));
    Outcome outcome = poll.run();
    assertThat(outcome.failures())
        .containsExactly(
            "the key is of the organisation 'Beta', and here is what 'Acme' used: keep them in two"
                + " databases (--database)");
    assertThat(inputs()).isEqualTo(7);
    assertThat(billing.poll(Report.MESSAGES.source()).up()).isFalse();
  }

  @Test
  void failingReportDoesNotHideTheOthers() throws InterruptedException {
    simulator.costs.put(
        Instant.parse("2026-11-01T00:00:00Z"),
        List.of(AdminSimulator.cost("123.45", null, "Claude Usage")));
    passNames();
    // of the newer analytics, and of the older report that is asked instead
    simulator.fails(Simulator.status(200, "<html>"));
    simulator.fails(Simulator.status(200, "<html>"));
    assertThat(poll.run().failures()).hasSize(1);
    assertThat(costs()).isEqualTo(new Usd(1_234_500_000L));
  }

  @Test
  void waitThatTheServiceAsksForIsKept() throws InterruptedException {
    passNames();
    simulator.fails(Simulator.status(429, "", "retry-after", "600"));
    poll.run();
    simulator.asked.clear();
    pass(Duration.ofMinutes(9));
    poll.run();
    assertThat(asked("usage_report/messages")).isEmpty();
    pass(Duration.ofMinutes(1));
    poll.run();
    assertThat(asked("usage_report/messages")).isNotEmpty();
  }

  @Test
  void failuresInARowAreAskedForLessAndLessOften() throws InterruptedException {
    passNames();
    simulator.broken.put("analytics/usage", new AdminSimulator.Broken(500, ""));
    simulator.broken.put("usage_report/messages", new AdminSimulator.Broken(500, ""));
    for (int minute = 0; minute < 60; minute++) {
      poll.run();
      pass(Duration.ofMinutes(1));
    }
    assertThat(asked("usage_report/messages").size()).isBetween(3, 9);
  }

  @Test
  void revisedPastDaysReplaceWhatWasTold() throws InterruptedException {
    use("2026-10-29T05:00:00Z", "k1", 5);
    cost("2026-10-31T00:00:00Z", "100");
    poll.run();
    use("2026-10-29T05:00:00Z", "k1", 4);
    truth.get(Instant.parse("2026-10-29T05:00:00Z")).put("k2", 3L);
    publish();
    cost("2026-10-31T00:00:00Z", "90.5");
    pass(Duration.ofHours(7));
    Outcome outcome = poll.run();
    assertThat(outcome.placed().revised()).isEqualTo(2);
    assertThat(inputs()).isEqualTo(7);
    assertThat(costs()).isEqualTo(new Usd(905_000_000L));
    assertThat(billing.revised(BilledReport.COST, TimeRange.ALL))
        .containsExactly(Instant.parse("2026-10-31T00:00:00Z"));
  }

  @Test
  void midnightAndTheEndOfAMonthChangeNothingThatWasTold() throws InterruptedException {
    now = Instant.parse("2026-10-31T23:59:30Z");
    use("2026-10-31T23:00:00Z", "k1", 5);
    cost("2026-10-31T00:00:00Z", "10");
    poll.run();
    now = Instant.parse("2026-11-01T00:00:00Z");
    simulator.now = now;
    use("2026-10-31T23:00:00Z", "k1", 6);
    poll.run();
    now = Instant.parse("2026-11-01T00:01:00Z");
    simulator.now = now;
    use("2026-11-01T00:00:00Z", "k1", 7);
    cost("2026-11-01T00:00:00Z", "3");
    poll.run();
    assertThat(
            billing.sums(BilledReport.MESSAGES, TimeRange.ALL, DAY, Set.of()).stream()
                .map(sum -> sum.at() + " " + sum.amounts().of(Measure.INPUT)))
        .containsExactly("2026-10-31T00:00:00Z 6", "2026-11-01T00:00:00Z 7");
    assertThat(costs()).isEqualTo(new Usd(130_000_000L));
  }

  @Test
  void silenceOfDaysIsCaughtUpWith() throws InterruptedException {
    poll.run();
    use("2026-11-03T01:00:00Z", "k1", 5);
    pass(Duration.ofDays(5));
    poll.run();
    assertThat(inputs()).isEqualTo(5);
    assertThat(billing.known(BilledReport.MESSAGES))
        .isEqualTo(new TimeRange(SINCE, Instant.parse("2026-11-06T13:00:00Z")));
  }

  @Test
  void earlierSinceReadsTheMissingHistory() throws InterruptedException {
    use("2026-10-20T01:00:00Z", "k1", 5);
    poll.run();
    assertThat(inputs()).isZero();
    pass(Duration.ofMinutes(1));
    poll(billing, Instant.parse("2026-10-20T00:00:00Z")).run();
    assertThat(inputs()).isEqualTo(5);
  }

  @Test
  void requestsThatNobodyCountsAreUnknownAndNoFailure() throws InterruptedException {
    assertThat(poll.run().failures()).isEmpty();
    assertThat(billing.known(BilledReport.REQUESTS)).isNull();
    assertThat(billing.poll(Report.REQUESTS.source()).up()).isTrue();
    simulator.asked.clear();
    pass(Duration.ofHours(2));
    poll.run();
    assertThat(asked("analytics/usage")).as("looked for again tomorrow").isEmpty();
    Instant hour = Instant.parse("2026-11-02T01:00:00Z");
    simulator.requests =
        new TreeMap<>(Map.of(hour, List.of(AdminSimulator.row(hour, "k1", "m", 5, 3L))));
    pass(Duration.ofHours(23));
    poll.run();
    assertThat(billing.sums(BilledReport.REQUESTS, TimeRange.ALL, DAY, Set.of()))
        .extracting(sum -> sum.amounts().of(Measure.REQUESTS))
        .containsExactly(3L);
  }

  /// 28 October to 1 November, 12:30: five pages of a day.
  @Test
  void pageIsAskedForWithTheParametersThatItWasGivenFor() throws InterruptedException {
    use("2026-10-31T01:00:00Z", "k1", 5);
    poll.run();
    List<Simulator.Asked> pages = asked("usage_report/messages");
    assertThat(pages).hasSize(5);
    assertThat(pages)
        .extracting(page -> page.parameter("starting_at"))
        .containsOnly(SINCE.toString());
    assertThat(inputs()).isEqualTo(5);
  }

  private static final List<AdminSimulator.Broken> ODD =
      List.of(
          new AdminSimulator.Broken(403, ""),
          new AdminSimulator.Broken(404, ""),
          new AdminSimulator.Broken(200, "<html>"),
          new AdminSimulator.Broken(200, "[]"),
          new AdminSimulator.Broken(200, "{\"data\":{}}"),
          new AdminSimulator.Broken(200, "{\"data\":[7]}"));

  private static final Map<String, String> PATHS =
      Map.of(
          "usage_report/messages", "messages",
          "cost_report", "cost",
          "usage_report/claude_code", "claude-code",
          "analytics/usage", "requests",
          "analytics/cost", "key-cost",
          "users", "names");

  @Test
  void oddAnswerOfAReportThatWasToldIsAFailureAndAskedAgainSoon() throws InterruptedException {
    simulator.requests = new TreeMap<>();
    simulator.keyCosts = new TreeMap<>();
    assertThat(poll.run().failures()).isEmpty();
    for (Map.Entry<String, String> path : PATHS.entrySet()) {
      for (AdminSimulator.Broken odd : ODD) {
        String source = "adminapi/" + path.getValue();
        pass(Duration.ofHours(2));
        simulator.broken.put(path.getKey(), odd);
        assertThat(poll.run().failures()).as(source + odd).hasSize(1);
        assertThat(billing.poll(source).up()).as(source + odd).isFalse();
        assertThat(billing.poll(source).done()).isBefore(now.minus(Duration.ofMinutes(90)));
        simulator.broken.clear();
        pass(Duration.ofMinutes(1));
        assertThat(poll.run().failures()).isEmpty();
        assertThat(billing.poll(source).done()).as(source + odd).isEqualTo(now);
      }
    }
  }

  /// Only a place that is not there says that an organisation is not offered a report.
  @Test
  void oddAnswerToTheFirstQuestionForRequestsIsAFailure() throws InterruptedException {
    for (AdminSimulator.Broken odd : ODD) {
      boolean absent = odd.status() == 404;
      stop();
      start(file.resolveSibling("odd" + ODD.indexOf(odd)), 0);
      simulator.broken.put("analytics/usage", odd);
      assertThat(poll.run().failures()).as("%s", odd).hasSize(absent ? 0 : 1);
      assertThat(billing.poll(Report.REQUESTS.source()).notOffered()).isEqualTo(absent);
      assertThat(billing.poll(Report.REQUESTS.source()).up()).isEqualTo(absent);
    }
  }

  @Test
  void namesAreToldAgainAfterAWhile() throws InterruptedException {
    simulator.lists.put("users", List.of("{\"id\":\"user_1\",\"name\":\"Ada\",\"email\":\"a@x\"}"));
    poll.run();
    simulator.lists.put(
        "users", List.of("{\"id\":\"user_1\",\"name\":\"Ada L\",\"email\":\"a@x\"}"));
    pass(Duration.ofMinutes(10));
    poll.run();
    assertThat(billing.entries()).extracting(entry -> entry.name()).contains("Ada");
    pass(Duration.ofMinutes(5));
    poll.run();
    assertThat(billing.entries()).extracting(entry -> entry.name()).contains("Ada L");
  }

  @Test
  void anyInterleavingOfPollsRestartsFailuresAndRevisionsGivesTheFinalTotals()
      throws InterruptedException {
    for (long seed = 0; seed < 5; seed++) {
      start(file.resolveSibling("p" + seed), seed);
      var random = new Random(seed);
      simulator.most = 1 + random.nextInt(40);
      OrganizationPoll second = poll(new SqlBilling(database), SINCE);
      for (int step = 0; step < 40; step++) {
        switch (random.nextInt(6)) {
          case 0 -> {
            restart();
            second = poll(new SqlBilling(database), SINCE);
          }
          case 1 -> revise(random);
          case 2 -> {
            int before = random.nextInt(6);
            for (int i = 0; i < before; i++) {
              simulator.fails(this::simulatorAnswers);
            }
            simulator.fails(
                switch (random.nextInt(4)) {
                  case 0 -> Simulator.cut();
                  case 1 -> Simulator.status(500, "");
                  case 2 -> Simulator.status(401, "");
                  default -> Simulator.status(200, "<html>");
                });
          }
          case 3 -> atOnce(poll, second);
          default -> poll.run();
        }
        pass(Duration.ofMinutes(1 + random.nextInt(90)));
      }
      revise(random);
      settle();
      assertThat(stored()).as("seed " + seed).isEqualTo(truth);
    }
  }

  private static void atOnce(OrganizationPoll one, OrganizationPoll other)
      throws InterruptedException {
    try (var threads = Executors.newFixedThreadPool(2)) {
      threads.invokeAll(List.of(one::run, other::run));
    }
  }

  private void start(Path place, long seed) {
    truth.clear();
    simulator.close();
    now = Instant.parse("2026-11-01T12:30:00Z").plusSeconds(seed * 7_777);
    simulator = new AdminSimulator(now);
    file = place;
    restart();
  }

  /// Faults that are left are used up, and everything that may be revised is read again.
  private void settle() throws InterruptedException {
    Outcome last;
    do {
      pass(Duration.ofHours(7));
      last = poll.run();
    } while (!last.failures().isEmpty());
    pass(Duration.ofHours(7));
    assertThat(poll.run().failures()).isEmpty();
  }

  private void revise(Random random) {
    for (int i = 0; i < 5; i++) {
      Instant hour =
          SINCE.plus(Duration.ofHours(random.nextLong(Duration.between(SINCE, now).toHours())));
      Map<String, Long> keys = truth.computeIfAbsent(hour, _ -> new TreeMap<>());
      String key = "k" + random.nextInt(3);
      if (random.nextInt(4) == 0) {
        keys.remove(key);
      } else {
        keys.put(key, random.nextLong(1000));
      }
      if (keys.isEmpty()) {
        truth.remove(hour);
      }
    }
    publish();
  }

  private Map<Instant, Map<String, Long>> stored() {
    Map<Instant, Map<String, Long>> stored = new TreeMap<>();
    for (BilledSum sum :
        billing.sums(
            BilledReport.MESSAGES,
            TimeRange.ALL,
            Duration.ofHours(1),
            Set.of(BilledDimension.API_KEY))) {
      stored
          .computeIfAbsent(sum.at(), _ -> new TreeMap<>())
          .put(sum.group().value(BilledDimension.API_KEY), sum.amounts().of(Measure.INPUT));
    }
    return stored;
  }

  private void use(String hour, String key, long input) {
    truth.computeIfAbsent(Instant.parse(hour), _ -> new TreeMap<>()).put(key, input);
    publish();
  }

  private void publish() {
    simulator.messages.clear();
    truth.forEach(
        (hour, keys) -> {
          List<String> rows = new ArrayList<>();
          keys.forEach((key, input) -> rows.add(AdminSimulator.usage(key, "m", input, 1)));
          simulator.messages.put(hour, rows);
        });
  }

  private void cost(String day, String cents) {
    simulator.costs.put(
        Instant.parse(day), List.of(AdminSimulator.cost(cents, null, "Claude Usage")));
  }

  private void pass(Duration time) {
    now = now.plus(time);
    simulator.now = now;
  }

  /// Names are told first: a fault that is meant for what comes after them has to wait.
  private void passNames() {
    for (int i = 0; i < 4; i++) {
      simulator.fails(this::simulatorAnswers);
    }
  }

  private void simulatorAnswers(HttpExchange exchange) throws IOException {
    simulator.answerNow(exchange);
  }

  private List<Simulator.Asked> asked(String path) {
    return simulator.asked.stream().filter(asked -> asked.path().endsWith(path)).toList();
  }

  private long inputs() {
    return billing.sums(BilledReport.MESSAGES, TimeRange.ALL, DAY, Set.of()).stream()
        .mapToLong(sum -> sum.amounts().of(Measure.INPUT))
        .sum();
  }

  private Usd costs() {
    return billing.sums(BilledReport.COST, TimeRange.ALL, DAY, Set.of()).stream()
        .map(sum -> sum.amounts().cost())
        .reduce(Usd.ZERO, Usd::plus);
  }
}

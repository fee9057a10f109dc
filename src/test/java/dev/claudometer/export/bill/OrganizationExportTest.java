package dev.claudometer.export.bill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.collect.OrganizationPoll;
import dev.claudometer.collect.Outcome;
import dev.claudometer.collect.PollLog;
import dev.claudometer.export.prometheus.Scrapes;
import dev.claudometer.export.scrape.Scraper;
import dev.claudometer.fetch.Patience;
import dev.claudometer.fetch.Service;
import dev.claudometer.fetch.Simulator;
import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.source.adminapi.AdminApi;
import dev.claudometer.source.adminapi.AdminKey;
import dev.claudometer.source.adminapi.AdminSimulator;
import dev.claudometer.source.adminapi.Report;
import dev.claudometer.store.bill.Billing;
import dev.claudometer.store.poll.Poll;
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
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The text of scrapes while an organisation's bill is polled, revised and polled again.
@Tag("long")
class OrganizationExportTest {

  private static final Instant SINCE = Instant.parse("2026-10-28T00:00:00Z");

  private static final Pattern INPUT =
      Pattern.compile(
          "claude_tokens_(total|current)\\{type=\"input\",model=\"m\",api_key_id=\"(k\\d)\".*"
              + " (\\d+)");

  private final Map<Instant, Map<String, Long>> truth = new TreeMap<>();
  private Instant now = Instant.parse("2026-11-01T12:30:00Z");
  private AdminSimulator simulator = new AdminSimulator(now);
  private @TempDir Path directory;
  private Database database;
  private Billing billing;
  private OrganizationPoll poll;
  private Scrapes scrapes;

  /// What was in memory is gone.
  private void restart(String file) {
    if (database != null) {
      database.close();
    }
    database = SqliteStore.database(directory.resolve(file), Durability.PROCESS);
    billing = new SqlBilling(database);
    var api =
        new AdminApi(
            new Service(simulator.url(), Duration.ofSeconds(20)),
            AdminKey.of("sk-ant-admin01-canary"),
            "claudometer/test",
            new Patience(1, _ -> {}, new Random(1)));
    poll = new OrganizationPoll(api, billing, () -> now, PollLog.NONE, SINCE);
    scrapes = scrapes(billing, "claude");
  }

  private Scrapes scrapes(Billing of, String namespace) {
    var export =
        new OrganizationExport(
            of,
            namespace,
            new OrganizationExport.Asking(Duration.ofMinutes(1), SINCE),
            () -> null,
            () -> 0,
            "test",
            List.of());
    return new Scrapes(export.scraper(() -> now)::scrape);
  }

  @AfterEach
  void stop() {
    database.close();
    simulator.close();
  }

  private static String text(Scrapes scrapes) throws IOException {
    return new String(scrapes.answer(null, null, List.of()).body().readAllBytes(), UTF_8);
  }

  /// Input tokens by key.
  private Map<String, Long> inputs(String which) throws IOException {
    Map<String, Long> inputs = new TreeMap<>();
    text(scrapes)
        .lines()
        .map(INPUT::matcher)
        .filter(Matcher::matches)
        .filter(line -> line.group(1).equals(which))
        .forEach(line -> inputs.put(line.group(2), Long.parseLong(line.group(3))));
    return inputs;
  }

  @Test
  void anyInterleavingOfPollsRestartsAndRevisionsEndsInTheTotalsOfTheFinalReports()
      throws Exception {
    for (long seed = 0; seed < 4; seed++) {
      boolean upwards = seed % 2 == 0;
      Map<String, Long> told = play(new Random(seed), "s" + seed, upwards);
      Map<String, Long> expected = new TreeMap<>(sums(SINCE));
      if (upwards) {
        assertThat(told).as("seed " + seed).isEqualTo(expected);
      }
      told.forEach((key, most) -> expected.merge(key, most, Math::max));
      assertThat(inputs("total")).as("seed " + seed).isEqualTo(expected);
      Instant midnight =
          Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), 86_400L) * 86_400L);
      Map<String, Long> today = new TreeMap<>();
      expected.keySet().forEach(key -> today.put(key, 0L));
      today.putAll(sums(midnight));
      assertThat(inputs("current")).as("seed " + seed).isEqualTo(today);
    }
  }

  /// @return the most that each key's counter has told; it never told less than before
  private Map<String, Long> play(Random random, String file, boolean upwards) throws Exception {
    truth.clear();
    simulator.close();
    now = Instant.parse("2026-11-01T12:30:00Z");
    simulator = new AdminSimulator(now);
    simulator.most = 1 + random.nextInt(40);
    restart(file);
    Map<String, Long> told = new TreeMap<>();
    for (int step = 0; step < 40; step++) {
      switch (random.nextInt(5)) {
        case 0 -> restart(file);
        case 1 -> revise(random, upwards);
        case 2 -> fail(random);
        default -> poll.run();
      }
      remember(told);
      pass(Duration.ofMinutes(1 + random.nextInt(90)));
    }
    Outcome last;
    do {
      pass(Duration.ofHours(7));
      last = poll.run();
    } while (!last.failures().isEmpty());
    pass(Duration.ofHours(7));
    poll.run();
    remember(told);
    return told;
  }

  private void remember(Map<String, Long> told) throws IOException {
    Map<String, Long> inputs = inputs("total");
    if (!inputs.isEmpty()) {
      assertThat(inputs.keySet()).containsAll(told.keySet());
    }
    inputs.forEach(
        (key, value) -> {
          assertThat(value).isGreaterThanOrEqualTo(told.getOrDefault(key, 0L));
          told.put(key, value);
        });
  }

  private void fail(Random random) {
    for (int i = random.nextInt(6); i > 0; i--) {
      simulator.fails(simulator::answerNow);
    }
    simulator.fails(random.nextBoolean() ? Simulator.cut() : Simulator.status(500, ""));
  }

  private void revise(Random random, boolean upwards) {
    for (int i = 0; i < 5; i++) {
      Instant hour =
          SINCE.plus(Duration.ofHours(random.nextLong(Duration.between(SINCE, now).toHours())));
      Map<String, Long> keys = truth.computeIfAbsent(hour, _ -> new TreeMap<>());
      long before = upwards ? keys.getOrDefault("k1", 0L) : 0;
      keys.put(upwards ? "k1" : "k" + random.nextInt(3), before + random.nextLong(1000));
    }
    simulator.messages.clear();
    truth.forEach(
        (hour, keys) -> {
          List<String> rows = new ArrayList<>();
          keys.forEach((key, input) -> rows.add(AdminSimulator.usage(key, "m", input, 1)));
          simulator.messages.put(hour, rows);
        });
  }

  private Map<String, Long> sums(Instant since) {
    Map<String, Long> sums = new TreeMap<>();
    truth.forEach(
        (hour, keys) -> {
          if (!hour.isBefore(since)) {
            keys.forEach((key, input) -> sums.merge(key, input, Long::sum));
          }
        });
    return sums;
  }

  private void pass(Duration time) {
    now = now.plus(time);
    simulator.now = now;
  }

  /// A scrape job must not take yesterday evening's requests for today's.
  @Test
  void gaugesOfAReportThatFailsForAWhileDisappearAndItsFailureIsTold() throws Exception {
    Instant hour = Instant.parse("2026-11-01T12:00:00Z");
    simulator.requests =
        new TreeMap<>(Map.of(hour, List.of(AdminSimulator.row(hour, "k1", "m", 5, 3L))));
    restart("stale");
    poll.run();
    assertThat(text(scrapes)).containsPattern("claude_requests_current\\{.*} 3\n");
    simulator.broken.put("analytics/usage", new AdminSimulator.Broken(403, ""));
    pass(Duration.ofMinutes(2));
    poll.run();
    assertThat(text(scrapes))
        .as("a moment is no reason")
        .containsPattern("claude_requests_current\\{.*} 3\n")
        .contains("claude_prometheus_item_success{item=\"requests\"} 0\n")
        .contains("claudometer_org_poll_up{report=\"requests\"} 0\n")
        .contains("claudometer_org_poll_age_seconds{report=\"requests\"} 120")
        .contains("claude_prometheus_loop_success 0\n");
    pass(Duration.ofMinutes(13));
    poll.run();
    assertThat(text(scrapes))
        .doesNotContain("claude_requests_current{")
        .containsPattern("claude_requests_total\\{.*} 3\n");
    simulator.broken.clear();
    pass(Duration.ofMinutes(15));
    poll.run();
    assertThat(text(scrapes))
        .containsPattern("claude_requests_current\\{.*} 3\n")
        .contains("claudometer_org_poll_up{report=\"requests\"} 1\n");
  }

  @Test
  void serviceThatForgetsDimensionsForAWhileDoublesNoKey() throws Exception {
    restart("old.db");
    revise(new Random(1), true);
    poll.run();
    Map<String, Long> before = inputs("total");
    assertThat(before).isNotEmpty();
    simulator.old = true;
    restart("old.db");
    pass(Duration.ofHours(7));
    poll.run();
    assertThat(inputs("total")).isEqualTo(before);
    simulator.old = false;
    restart("old.db");
    pass(Duration.ofHours(7));
    poll.run();
    assertThat(inputs("total")).isEqualTo(before);
  }

  @Test
  void priorityTierCostsNobodyKnowsWhatAndIsTold() throws Exception {
    Instant yesterday = Instant.parse("2026-10-31T00:00:00Z");
    simulator.costs.put(yesterday, List.of(AdminSimulator.cost("250", null, "Claude Usage")));
    simulator.messages.put(
        Instant.parse("2026-11-01T12:00:00Z"), List.of(AdminSimulator.priority("k1", "m", 700, 7)));
    restart("priority.db");
    poll.run();
    assertThat(text(scrapes))
        .contains(
            "claude_org_unbilled_tokens_total{type=\"input\",model=\"m\",workspace_id=\"default\","
                + "workspace=\"default\",service_tier=\"priority\"} 700\n",
            "claude_cost_total_usd_total{workspace_id=\"default\"} 2.5\n")
        .doesNotContain("claude_cost_current_usd{");
    simulator.costs.put(
        Instant.parse("2026-11-01T00:00:00Z"),
        List.of(
            AdminSimulator.cost("50", null, "Claude Usage")
                .replace("\"service_tier\":\"standard\"", "\"service_tier\":\"priority\"")
                .replace("claude-opus-4-6", "m")));
    pass(Duration.ofHours(1));
    poll.run();
    assertThat(text(scrapes))
        .contains("claude_cost_current_usd{workspace_id=\"default\"} 0.5\n")
        .doesNotContain("claude_org_unbilled_tokens_total{");
  }

  @Test
  void seriesBeyondTheLimitAreFoldedAndTheSumStays() throws Exception {
    restart("many.db");
    List<BilledBucket.Line> lines = new ArrayList<>();
    for (int i = 0; i < Scraper.USUAL_LIMIT / 2; i++) {
      lines.add(
          new BilledBucket.Line(
              new BilledGroup(
                  Map.of(
                      BilledDimension.API_KEY,
                      "apikey_" + i,
                      BilledDimension.MODEL,
                      "m",
                      BilledDimension.WORKSPACE,
                      "\"w\"\n")),
              new BilledAmounts(
                  Map.of(
                      Measure.INPUT, 1L,
                      Measure.OUTPUT, 2L,
                      Measure.CACHE_READ, 3L,
                      Measure.CACHE_WRITE_5M, 4L))));
    }
    Instant hour = Instant.parse("2026-11-01T00:00:00Z");
    billing.put(
        List.of(new BilledBucket(BilledReport.MESSAGES, hour, hour.plusSeconds(3600), now, lines)),
        Poll.first(Report.MESSAGES.source()).done(now));
    String text = text(scrapes);
    assertThat(text)
        .contains(
            "claude_tokens_total{type=\"__other__\",model=\"__other__\"",
            "claudometer_folded_series_total{family=\"claude_tokens_total\"} 50000\n",
            "claude_org_workspace_tokens_total{type=\"input\",model=\"m\",workspace_id=\"\\\"w\\\"\\n"
                + "\"");
    assertThat(
            text.lines()
                .filter(line -> line.startsWith("claude_tokens_total{"))
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".* ", "")))
                .sum())
        .isEqualTo(10L * Scraper.USUAL_LIMIT / 2);
  }

  @Test
  void scrapeOfAnUnchangedBillAsksForNoBuckets() throws Exception {
    restart("quiet.db");
    revise(new Random(1), true);
    poll.run();
    String first = text(scrapes);
    database.transaction(
        () -> {
          database.update("DELETE FROM billed_line");
          return database.update("DELETE FROM billed_total");
        });
    assertThat(samples(text(scrapes))).isEqualTo(samples(first));
  }

  private static List<String> samples(String text) {
    return text.lines().filter(line -> !line.contains("scrape_duration")).toList();
  }

  @Test
  void pollsAreThoseOfTheReports() {
    restart("polls.db");
    assertThat(BillCache.POLLS)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of(Report.values()).map(Report::source),
                    Stream.of(OrganizationPoll.NAMES))
                .toList());
  }
}

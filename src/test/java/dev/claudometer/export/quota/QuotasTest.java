package dev.claudometer.export.quota;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.export.prometheus.RealPrometheus;
import dev.claudometer.export.prometheus.Scrapes;
import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Scraper;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Lineage;
import dev.claudometer.metric.Quota;
import dev.claudometer.model.CreditReading;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.QuotaReadings;
import dev.claudometer.model.Usd;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.poll.Readings;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.quota.SqlReadings;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a scrape tells of plans and accounts.
class QuotasTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant RESET = NOON.plusSeconds(3600);

  private Database database;
  private Readings readings;

  @BeforeEach
  void start(@TempDir Path directory) {
    database = SqliteStore.database(directory.resolve("r.db"), Durability.PROCESS);
    readings = new SqlReadings(database);
  }

  @AfterEach
  void stop() {
    database.close();
  }

  private void told() {
    readings.add(
        new DeviceId("d1"),
        new QuotaReadings(
            List.of(
                new LimitReading("five_hour", 0.46, RESET, NOON, "oauth"),
                new LimitReading("iguana_necktie", 1.205, null, NOON.minusSeconds(60), "cache"),
                new LimitReading("github_copilot.chat", 0.6, RESET, NOON, "github_copilot")),
            List.of(
                new CreditReading(
                    "openrouter",
                    new Usd(100_000_000_000L),
                    new Usd(125_123_456_789L),
                    NOON,
                    "openrouter"),
                new CreditReading(
                    "claude.extra_usage", null, new Usd(18_020_000_000L), NOON, "oauth"),
                new CreditReading(
                    "other", "EUR", new Usd(20_000_000_000L), new Usd(5_000_000_000L), NOON, "x"))),
        Poll.first("planlimits/oauth").done(NOON));
    readings.keep(Poll.first("quota/openrouter").done(NOON).failed(NOON, "away"));
  }

  private String scrape(Instant now) {
    List<Collector> collectors =
        List.of(
            new Quotas(readings, id -> "laptop-" + id),
            new Polled(readings, List.of("planlimits/oauth", "quota/openrouter", "quota/copilot")));
    var scrapes =
        new Scrapes(new Scraper(Quota.ALL, collectors, InstantSource.fixed(now), 100)::scrape);
    try {
      return new String(scrapes.answer(null, null, List.of()).body().readAllBytes(), UTF_8);
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
  }

  private static String series(String scrape) {
    return scrape
        .lines()
        .filter(line -> !line.startsWith("#"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void everyReadingIsThereWithItsAge() {
    told();
    assertThat(series(scrape(NOON.plusMillis(1500))))
        .isEqualTo(
            """
            claude_usage_utilization_ratio{device="laptop-d1",metric_name="five_hour"} 0.46
            claude_usage_utilization_ratio{device="laptop-d1",metric_name="iguana_necktie"} 1.205
            claude_usage_seconds_to_reset{device="laptop-d1",metric_name="five_hour"} 3598
            openrouter_credits_total{device="laptop-d1"} 100
            openrouter_credits_usage{device="laptop-d1"} 125.123456789
            openrouter_credits_remaining{device="laptop-d1"} -25.123456789
            github_copilot_usage_utilization_ratio{device="laptop-d1",metric_name="chat"} 0.6
            github_copilot_usage_seconds_to_reset{device="laptop-d1",metric_name="chat"} 3598
            claude_credits_used_usd{device="laptop-d1",account="claude.extra_usage"} 18.02
            claude_credits_used_usd{device="laptop-d1",account="openrouter"} 125.123456789
            claude_credits_limit_usd{device="laptop-d1",account="openrouter"} 100
            claude_credits_used{device="laptop-d1",account="other",currency="EUR"} 5
            claude_credits_limit{device="laptop-d1",account="other",currency="EUR"} 20
            claudometer_reading_age_seconds{device="laptop-d1",reading="five_hour",origin="oauth"} 1.5
            claudometer_reading_age_seconds{device="laptop-d1",reading="github_copilot.chat",origin="github_copilot"} 1.5
            claudometer_reading_age_seconds{device="laptop-d1",reading="iguana_necktie",origin="cache"} 61.5
            claudometer_reading_age_seconds{device="laptop-d1",reading="claude.extra_usage",origin="oauth"} 1.5
            claudometer_reading_age_seconds{device="laptop-d1",reading="openrouter",origin="openrouter"} 1.5
            claudometer_reading_age_seconds{device="laptop-d1",reading="other",origin="x"} 1.5
            claudometer_poll_up{source="planlimits/oauth"} 1
            claudometer_poll_up{source="quota/openrouter"} 0
            """);
  }

  @Test
  void windowThatHasResetHasNoPercentageAndNoReset() {
    told();
    assertThat(series(scrape(RESET)))
        .contains("metric_name=\"iguana_necktie\"} 1.205")
        .contains("reading=\"five_hour\",origin=\"oauth\"} 3600")
        .doesNotContain("metric_name=\"five_hour\"", "metric_name=\"chat\"");
  }

  @Test
  void nothingIsToldOfWhatIsUnknown() {
    assertThat(series(scrape(NOON))).isEqualTo("\n");
  }

  @Test
  @Tag("process")
  void promtoolObjectsOnlyToThePeersName() throws Exception {
    told();
    assertThat(RealPrometheus.objections(scrape(NOON)))
        .allSatisfy(objection -> assertThat(objection).contains("openrouter_credits_total"));
    assertThat(Quota.ALL.stream().filter(own -> own.lineage() == Lineage.CLAUDOMETER))
        .extracting(Family::name)
        .noneMatch(name -> name.endsWith("_total"));
  }
}

package dev.claudometer.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Organisations whose truth is known, drawn at random: each cause is exactly what was put in.
/// Nano-dollars for an input token of Opus 5.5 are 4,000, of Sonnet 5.5 2,000.
class ReconcilePropertyTest {

  private static final Map<String, Long> RATES =
      Map.of("claude-opus-5-5", 4_000L, "claude-sonnet-5-5", 2_000L);

  private final Map<DifferenceCause, Long> truth = new EnumMap<>(DifferenceCause.class);

  private void add(DifferenceCause cause, long nanos) {
    truth.merge(cause, nanos, Long::sum);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void causesAreWhatWasPutIn(long seed, @TempDir Path directory) {
    var random = new Random(seed);
    try (var books = new Books(directory)) {
      books.plan(new DeviceId("d_plan"));
      for (int day = 1; day <= 21; day++) {
        for (String model : RATES.keySet()) {
          day(books, random, LocalDate.of(2026, 11, day).toString(), model, day == 21);
        }
      }
      truth.values().removeIf(nanos -> nanos == 0);
      books.reconcile(ZoneOffset.UTC, By.DAY);
      for (DifferenceCause cause : DifferenceCause.values()) {
        CauseDetail detail = books.cause(cause);
        assertThat(detail.cost().nanos())
            .as(detail.title())
            .isEqualTo(truth.getOrDefault(cause, 0L));
      }
      for (By by : List.of(By.DAY, By.MODEL)) {
        Reconciliation answer = books.reconcile(ZoneOffset.UTC, by);
        Map<DifferenceCause, Long> causes = new EnumMap<>(DifferenceCause.class);
        answer.parts().forEach(part -> causes.put(part.cause(), part.amount().nanos()));
        assertThat(causes).isEqualTo(truth);
        assertThat(answer.counted().known().plus(answer.difference()))
            .isEqualTo(answer.billed().known());
        assertThat(
                answer.rows().stream()
                    .map(Reconciliation.Row::difference)
                    .reduce(Usd.ZERO, Usd::plus))
            .isEqualTo(answer.difference());
      }
    }
  }

  /// A day of a model.
  ///
  /// @param open whether the day is not over
  private void day(Books books, Random random, String day, String model, boolean open) {
    long rate = RATES.get(model);
    String noon = day + "T00:10:00Z";
    long counted = tokens(random);
    long lost = tokens(random);
    long others = tokens(random);
    long batch = 10 * tokens(random);
    long regional = 10 * tokens(random);
    long priority = tokens(random);
    long plan = tokens(random);
    long searches = random.nextInt(3);
    long searched = random.nextInt(3);
    long discount = random.nextBoolean() ? 0 : random.nextInt(1_000_000_000);
    count(books, DeviceId.THIS, noon, model, counted, searches);
    count(books, new DeviceId("d_plan"), noon, model, plan, 0);
    books.used(day, Books.CODE, model, "standard", "global", counted + lost);
    books.used(day, Books.CI, model, "standard", "global", others);
    books.used(day, Books.CI, model, "batch", "global", batch);
    books.used(day, Books.CI, model, "standard", "us", regional);
    books.used(day, Books.CI, model, "priority", "global", priority);
    long bill = rate * (counted + lost + others) + rate * batch / 2 + rate * regional * 11 / 10;
    books.billed(day, model, "tokens", dollars(bill + discount));
    books.billed(day, model, "web_search", dollars(searched * 10_000_000));
    if (open) {
      long ours = rate * (counted + plan) + searches * 10_000_000;
      add(DifferenceCause.NOT_BILLED_YET, bill + discount + searched * 10_000_000 - ours);
      return;
    }
    add(DifferenceCause.NOT_COUNTED, rate * lost);
    add(DifferenceCause.WITHOUT_AGENT, rate * (others + batch + regional + priority));
    add(DifferenceCause.BATCH, -rate * batch / 2);
    add(DifferenceCause.REGION, rate * regional / 10);
    add(DifferenceCause.PRIORITY_TIER, -rate * priority);
    add(DifferenceCause.PLAN_USAGE, -rate * plan);
    add(DifferenceCause.WEB_SEARCHES, (searched - searches) * 10_000_000);
    add(DifferenceCause.UNKNOWN, discount);
  }

  private static void count(
      Books books, DeviceId device, String at, String model, long input, long searches) {
    if (input > 0 || searches > 0) {
      books.counted(
          device, at, model, new TokenCounts(input, 0, 0, 0, 0), (int) searches, "", null);
    }
  }

  private static String dollars(long nanos) {
    return BigDecimal.valueOf(nanos, 9).toPlainString();
  }

  private static long tokens(Random random) {
    return random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000);
  }
}

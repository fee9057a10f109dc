package dev.claudometer.reconcile;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.usage.Totals;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was counted in days of a zone is worked out from UTC days and the hours at their ends: it
/// is what the store tells of the zone's days.
class DaysOfZonesTest {

  private static final List<String> MODELS =
      List.of(Books.OPUS, Books.OPUS + "-fast", "claude-sonnet-5-5", "claude-nova-9");

  @Test
  void daysOfAZoneAreUtcDaysAndTheHoursAtTheirEnds(@TempDir Path directory) {
    var random = new Random(4);
    try (var books = new Books(directory)) {
      for (int i = 0; i < 60; i++) {
        books.counted(
            new DeviceId("d_" + random.nextInt(3)),
            Instant.parse("2026-11-10T00:00:00Z")
                .plusSeconds(random.nextInt(4 * 86_400))
                .toString(),
            MODELS.get(random.nextInt(MODELS.size())),
            new TokenCounts(random.nextInt(1_000_000), random.nextInt(9_000), 0, 0, 0),
            random.nextInt(2),
            "",
            null);
      }
      for (String zone : List.of("UTC", "Europe/Berlin", "Pacific/Auckland", "America/St_Johns")) {
        for (int days = 1; days < 3; days++) {
          var first = LocalDate.parse("2026-11-11");
          isWhatTheStoreTells(books, new Period(first, first.plusDays(days - 1), ZoneId.of(zone)));
        }
      }
    }
  }

  private static void isWhatTheStoreTells(Books books, Period period) {
    SettledPeriod account =
        SettledPeriod.of(
            period,
            books.store,
            books.billing,
            KnownMachines.ofThisMachine(books.store).names(),
            PriceBook.builtIn(),
            Books.NOW);
    Map<String, Totals> models = new TreeMap<>(account.models());
    models.values().removeIf(Totals.ZERO::equals);
    assertThat(models).as(period.toString()).isEqualTo(models(books, period));
    Totals own = sum(models(books, period).values());
    assertThat(account.total()).isEqualTo(own);
    assertThat(sum(account.people().values())).isEqualTo(own);
    Totals utc = sum(models(books, new Period(period.first(), period.last(), UTC)).values());
    assertThat(account.midnight().values().stream().map(Usd::new).reduce(Usd.ZERO, Usd::plus))
        .isEqualTo(utc.reportedElseCalculated().minus(own.reportedElseCalculated()));
  }

  private static Map<String, Totals> models(Books books, Period period) {
    return books.store.sums(period.counted(), Set.of(Dimension.MODEL)).stream()
        .collect(
            Collectors.toMap(
                slice -> CountedUse.plain(slice.model()),
                Slice::totals,
                Totals::plus,
                TreeMap::new));
  }

  private static Totals sum(Iterable<Totals> all) {
    Totals sum = Totals.ZERO;
    for (Totals totals : all) {
      sum = sum.plus(totals);
    }
    return sum;
  }
}

package dev.claudometer.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.BilledReport;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Organisations as no test would make them up, drawn at random: models, tiers, regions and kinds
/// of cost that nobody knows, reports that are known of some days only or not at all, credits,
/// contracts. Whatever is told, causes come to the difference, in every split, and what is unknown
/// is no zero.
@Tag("long")
class ReconcileHostileTest {

  private static final List<String> MODELS =
      List.of("claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5", "claude-nova-9", "");
  private static final List<String> TIERS =
      List.of("standard", "batch", "priority", "flex", "priority_on_demand", "");
  private static final List<String> REGIONS = List.of("global", "us", "", "mars", "not_available");
  private static final List<String> TYPES =
      List.of("tokens", "web_search", "code_execution", "session_usage", "", "something_new");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void causesComeToTheDifferenceInEverySplit(long seed, @TempDir Path directory)
      throws IOException {
    var random = new Random(seed);
    try (var books = new Books(directory)) {
      makeUp(books, random);
      for (ZoneId zone : List.of(ZoneOffset.UTC, ZoneId.of("Europe/Berlin"))) {
        Reconciliation days = books.reconcile(zone, By.DAY);
        isExact(days);
        for (By by : List.of(By.DAY, By.MODEL)) {
          rowsAreTheWhole(books.reconcile(zone, by));
        }
        List<Usd> told =
            List.of(By.DAY, By.MODEL, By.WORKSPACE, By.KEY, By.PERSON).stream()
                .map(by -> told(books.reconcile(zone, by)))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        assertThat(told).as("what the usage report tells, in every split").hasSizeLessThan(2);
      }
      Reconciliation whole = books.reconcile();
      Reconciliation workspaces = books.reconcile(ZoneOffset.UTC, By.WORKSPACE);
      assertThat(sum(workspaces.rows().stream().map(Reconciliation.Row::billed).toList()))
          .isEqualTo(Objects.requireNonNullElse(whole.billed().known(), Usd.ZERO));
      if (whole.parts() != null) {
        whole
            .parts()
            .forEach(
                part ->
                    assertThat(books.cause(part.cause()).cost())
                        .as(part.cause().key())
                        .isEqualTo(part.amount()));
      }
    }
  }

  /// Nine days of which any report may be missing.
  private static void makeUp(Books books, Random random) throws IOException {
    for (BilledReport report :
        List.of(BilledReport.COST, BilledReport.MESSAGES, BilledReport.CLAUDE_CODE)) {
      int from = random.nextInt(24);
      books.known(report, from > 21 ? null : from < 10 ? "2026-11-01" : day(from));
    }
    if (random.nextBoolean()) {
      books.contract("{\"multiplier\":0." + (1 + random.nextInt(9)) + "}");
    }
    books.plan(new DeviceId("d_plan"));
    for (int day = 13; day <= 21; day++) {
      for (int i = random.nextInt(4); i > 0; i--) {
        books.counted(
            random.nextInt(3) == 0 ? new DeviceId("d_plan") : DeviceId.THIS,
            day(day) + (random.nextBoolean() ? "T00:10:00Z" : "T00:20:00Z"),
            model(random) + (random.nextInt(9) == 0 ? "-fast" : ""),
            new TokenCounts(tokens(random), tokens(random) / 9, 0, tokens(random), tokens(random)),
            random.nextInt(3),
            random.nextInt(3) == 0 ? "us" : "",
            random.nextInt(5) == 0 ? new Usd(random.nextLong(9_000_000_000L)) : null);
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        books.used(
            day(day),
            random.nextBoolean() ? Books.CODE : Books.CI,
            one(MODELS, random),
            one(TIERS, random),
            one(REGIONS, random),
            tokens(random));
      }
      for (int i = random.nextInt(5); i > 0; i--) {
        books.billed(day(day), one(MODELS, random), one(TYPES, random), dollars(random));
      }
      if (random.nextInt(3) == 0) {
        books.subscribed(day(day), model(random), dollars(random).replace("-", ""));
      }
    }
  }

  private static String day(int day) {
    return LocalDate.of(2026, 11, day).toString();
  }

  private static String model(Random random) {
    return one(MODELS.subList(0, 4), random);
  }

  private static String one(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  private static long tokens(Random random) {
    return random.nextInt(4) == 0 ? 0 : random.nextLong(3_000_000);
  }

  /// To the nano-dollar, also below zero.
  private static String dollars(Random random) {
    return BigDecimal.valueOf(random.nextLong(-1_000_000_000L, 9_000_000_000L), 9).toPlainString();
  }

  private static void isExact(Reconciliation answer) {
    Usd billed = answer.billed().known();
    if (answer.parts() == null) {
      assertThat(billed).as("nothing is known of the bill").isNull();
      assertThat(answer.difference()).isNull();
      assertThat(answer.unknown()).isNull();
      return;
    }
    Usd counted = answer.counted().known();
    assertThat(Objects.requireNonNullElse(counted, Usd.ZERO).plus(answer.difference()))
        .isEqualTo(billed);
    assertThat(answer.parts()).allSatisfy(part -> assertThat(part.amount()).isNotEqualTo(Usd.ZERO));
  }

  private static void rowsAreTheWhole(Reconciliation answer) {
    Map<DifferenceCause, Long> rows = new EnumMap<>(DifferenceCause.class);
    for (Reconciliation.Row row : answer.rows()) {
      row.parts().forEach(part -> rows.merge(part.cause(), part.amount().nanos(), Math::addExact));
      Usd difference = row.difference();
      assertThat(difference == null).isEqualTo(row.billed() == null || row.counted() == null);
      if (difference != null) {
        assertThat(row.counted().plus(difference)).as(row.name()).isEqualTo(row.billed());
      }
    }
    if (answer.parts() != null) {
      rows.values().removeIf(nanos -> nanos == 0);
      Map<DifferenceCause, Long> whole = new EnumMap<>(DifferenceCause.class);
      answer.parts().forEach(part -> whole.put(part.cause(), part.amount().nanos()));
      whole.values().removeIf(nanos -> nanos == 0);
      assertThat(rows).isEqualTo(whole);
    }
  }

  /// Null where a part of it is unknown.
  private static Usd told(Reconciliation answer) {
    List<Usd> told = answer.rows().stream().map(Reconciliation.Row::told).toList();
    return told.contains(null) ? null : sum(told);
  }

  private static Usd sum(List<Usd> amounts) {
    return amounts.stream().filter(Objects::nonNull).reduce(Usd.ZERO, Usd::plus);
  }
}

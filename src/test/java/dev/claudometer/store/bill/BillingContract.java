package dev.claudometer.store.bill;

import static dev.claudometer.model.BilledDimension.API_KEY;
import static dev.claudometer.model.BilledDimension.COST_TYPE;
import static dev.claudometer.model.BilledDimension.CUSTOMER_TYPE;
import static dev.claudometer.model.BilledDimension.MODEL;
import static dev.claudometer.model.BilledDimension.SERVICE_TIER;
import static dev.claudometer.model.BilledDimension.TOKEN_TYPE;
import static dev.claudometer.model.BilledDimension.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledBucket.Line;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.model.OrganizationEntry;
import dev.claudometer.model.OrganizationEntry.Kind;
import dev.claudometer.model.SpendCap;
import dev.claudometer.model.SpendLimit;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.bill.Billing.Placed;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.bill.SqlBilling;
import dev.claudometer.store.sql.engine.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store of bills promises.
public abstract class BillingContract {

  private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");
  private static final Instant NEXT_DAY = MIDNIGHT.plus(Duration.ofDays(1));
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Poll POLL = Poll.first("test");

  private Path place;
  private Database database;
  private Billing billing;

  /// Opens the database at a place, and makes it where there is none.
  protected abstract Database open(Path place);

  @BeforeEach
  void start(@TempDir Path directory) {
    place = directory.resolve("billing");
    database = open(place);
    billing = new SqlBilling(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void closedMonthsAreAChain() {
    MonthSeal first = billing.seal(YearMonth.of(2026, 9), MIDNIGHT, "ada", "2026-09-01 billed=1");
    MonthSeal second = billing.seal(YearMonth.of(2026, 10), NEXT_DAY, "bob", "");
    assertThat(billing.seals()).containsExactly(first, second);
    assertThat(second.number()).isEqualTo(2);
    assertThat(billing.brokenSeals()).isEmpty();
    database.write("UPDATE month_seal SET closed_by = 'eve' WHERE number = 1");
    assertThat(billing.brokenSeals()).containsExactly("seal 1, of 2026-09, was changed");
  }

  @Test
  void spendLimitsAreThoseToldLast() {
    var none =
        new SpendLimit("u1", "Ada", "a@x.example", "daily", null, null, "EUR", "user", MIDNIGHT);
    var some =
        new SpendLimit(
            "u1", "Ada", "a@x.example", "weekly", new Usd(5), new Usd(7), "USD", "", MIDNIGHT);
    var all =
        new SpendCap("spl_1", "organization", "", "monthly", new Usd(9), "JPY", false, MIDNIGHT);
    var group = new SpendCap("spl_2", "rbac_group", "g", "daily", null, "USD", true, MIDNIGHT);
    billing.limit(List.of(some, none), List.of(group, all), POLL);
    assertThat(billing.spendLimits()).containsExactly(none, some);
    assertThat(billing.spendCaps()).containsExactly(all, group);
    billing.limit(List.of(some), List.of(group), POLL.done(NEXT_DAY));
    assertThat(billing.spendLimits()).containsExactly(some);
    assertThat(billing.spendCaps()).containsExactly(group);
    assertThat(billing.poll(POLL.source()).done()).isEqualTo(NEXT_DAY);
  }

  /// As a store was left by a version that did not add them up.
  @Test
  void sumsOfDaysAreMadeWhereTheyAreMissing() {
    var group = new BilledGroup(Map.of(MODEL, "m", API_KEY, "k"));
    var line = new Line(group, new BilledAmounts(Map.of(Measure.COST, 7L)));
    billing.put(
        List.of(new BilledBucket(BilledReport.COST, MIDNIGHT, NEXT_DAY, NEXT_DAY, List.of(line))),
        POLL);
    database.write("DELETE FROM billed_day WHERE dimension < 0");
    var again = new SqlBilling(database);
    var range = new TimeRange(MIDNIGHT, NEXT_DAY);
    assertThat(again.sums(BilledReport.COST, range, DAY, Set.of(MODEL, API_KEY)))
        .containsExactly(new BilledSum(MIDNIGHT, group, line.amounts()));
  }

  @Test
  void whatWasToldIsSummedByStepAndGroup() {
    put(hour(0, line("k1", "opus", 5)), hour(1, line("k1", "opus", 7), line("k2", "haiku", 1)));
    assertThat(sums(DAY, API_KEY, MODEL))
        .containsExactlyInAnyOrder(
            sum(MIDNIGHT, "k1", "opus", 12), sum(MIDNIGHT, "k2", "haiku", 1));
    assertThat(sums(DAY)).extracting(BilledSum::amounts).containsExactly(input(13));
    assertThat(sums(HOUR, API_KEY)).hasSize(3);
  }

  @Test
  void laterWordOnABucketReplacesTheEarlierOne() {
    put(hour(0, line("k1", "opus", 5), line("k2", "opus", 5)));
    Placed placed = put(told(NEXT_DAY, hour(0, line("k1", "opus", 4), line("k3", "opus", 1))));
    assertThat(placed).isEqualTo(new Placed(0, 0, 1, 0, 0));
    assertThat(sums(DAY, API_KEY, MODEL))
        .containsExactlyInAnyOrder(sum(MIDNIGHT, "k1", "opus", 4), sum(MIDNIGHT, "k3", "opus", 1));
  }

  @Test
  void changeOfAPastBucketIsARevision() {
    put(told(NEXT_DAY, hour(0, line("k1", "opus", 5))));
    assertThat(billing.revised(BilledReport.MESSAGES, TimeRange.ALL)).isEmpty();
    Placed placed = put(told(NEXT_DAY.plusSeconds(60), hour(0, line("k1", "opus", 6))));
    assertThat(placed).isEqualTo(new Placed(0, 1, 0, 0, 0));
    assertThat(billing.revised(BilledReport.MESSAGES, TimeRange.ALL)).containsExactly(MIDNIGHT);
    assertThat(sums(DAY)).extracting(BilledSum::amounts).containsExactly(input(6));
  }

  @Test
  void sameWordAgainChangesNothing() {
    BilledBucket bucket = hour(0, line("k1", "opus", 5));
    put(bucket);
    assertThat(put(told(NEXT_DAY, bucket))).isEqualTo(new Placed(0, 0, 0, 1, 0));
    assertThat(sums(DAY)).extracting(BilledSum::amounts).containsExactly(input(5));
  }

  @Test
  void answerThatWasOvertakenOnItsWayIsOutdated() {
    put(told(NEXT_DAY, hour(0, line("k1", "opus", 6))));
    assertThat(put(told(NEXT_DAY.minusSeconds(5), hour(0, line("k1", "opus", 5)))))
        .isEqualTo(new Placed(0, 0, 0, 0, 1));
    assertThat(sums(DAY)).extracting(BilledSum::amounts).containsExactly(input(6));
  }

  @Test
  void clockThatWasFarAheadDoesNotKeepLaterWordsOut() {
    put(told(NEXT_DAY.plus(Duration.ofDays(900)), hour(0, line("k1", "opus", 5))));
    put(told(NEXT_DAY, hour(0, line("k1", "opus", 6))));
    assertThat(sums(DAY)).extracting(BilledSum::amounts).containsExactly(input(6));
  }

  @Test
  void notGroupedIsNotTheSameAsGroupedAndNameless() {
    var console = new BilledGroup(Map.of(API_KEY, "", MODEL, "opus"));
    var ungrouped = new BilledGroup(Map.of(MODEL, "opus"));
    put(hour(0, new Line(console, input(5)), new Line(ungrouped, input(7))));
    assertThat(sums(DAY, API_KEY, MODEL, WORKSPACE))
        .containsExactlyInAnyOrder(
            new BilledSum(MIDNIGHT, console, input(5)),
            new BilledSum(MIDNIGHT, ungrouped, input(7)));
    assertThat(console.value(API_KEY)).isEmpty();
    assertThat(ungrouped.value(API_KEY)).isNull();
  }

  /// By one dimension, days are read from sums of their own; by two, from the lines.
  @Test
  void sumsOfDaysAreThoseOfTheirLines() {
    var random = new Random(3);
    for (int told = 0; told < 60; told++) {
      List<Line> lines = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        lines.add(randomLine(random));
      }
      put(told(NEXT_DAY.plusSeconds(told), hour(random.nextInt(48), lines.toArray(Line[]::new))));
    }
    var range = new TimeRange(MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(3)));
    for (BilledDimension by : List.of(API_KEY, MODEL, WORKSPACE)) {
      Map<BilledGroup, BilledAmounts> whole = new HashMap<>();
      Map<Instant, Map<BilledGroup, BilledAmounts>> days = new HashMap<>();
      for (BilledSum sum :
          billing.sums(BilledReport.MESSAGES, range, DAY, Set.of(API_KEY, MODEL, WORKSPACE))) {
        BilledGroup group = sum.group().by(Set.of(by));
        whole.merge(group, sum.amounts(), BilledAmounts::plus);
        days.computeIfAbsent(sum.at(), _ -> new HashMap<>())
            .merge(group, sum.amounts(), BilledAmounts::plus);
      }
      Map<Instant, Map<BilledGroup, BilledAmounts>> read = new HashMap<>();
      for (BilledSum sum : billing.sums(BilledReport.MESSAGES, range, DAY, Set.of(by))) {
        read.computeIfAbsent(sum.at(), _ -> new HashMap<>()).put(sum.group(), sum.amounts());
      }
      assertThat(read).isEqualTo(days);
      assertThat(billing.sums(BilledReport.MESSAGES, range, Set.of(by))).isEqualTo(whole);
    }
    assertThat(new SqlStore(database, PriceBook::builtIn).verify()).isEmpty();
  }

  /// What is kept of days for a reconciliation is what the lines come to.
  @Test
  void chargesAndPairsOfDaysAreThoseOfTheirLines() {
    putRandomDays(new Random(5));
    chargesAreThoseOfLines();
    var range = new TimeRange(MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(3)));
    Map<BilledGroup, BilledAmounts> pairs = new HashMap<>();
    Set<BilledDimension> pair = Set.of(MODEL, CUSTOMER_TYPE);
    BilledReport people = BilledReport.CLAUDE_CODE_MODELS;
    billing
        .sums(people, range, HOUR, pair)
        .forEach(sum -> pairs.merge(sum.group(), sum.amounts(), BilledAmounts::plus));
    assertThat(billing.sums(people, range, pair)).isEqualTo(pairs);
    assertThat(billing.named(people, range, MODEL))
        .isEqualTo(
            billing.sums(people, range, Set.of(MODEL)).keySet().stream()
                .map(group -> group.value(MODEL))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
    database.write("DELETE FROM billed_day WHERE dimension < -1");
    billing = new SqlBilling(database);
    chargesAreThoseOfLines();
    assertThat(new SqlStore(database, PriceBook::builtIn).verify()).isEmpty();
  }

  /// Two reports of three days, told again and again.
  private void putRandomDays(Random random) {
    for (int told = 0; told < 40; told++) {
      for (BilledReport report : List.of(BilledReport.COST, BilledReport.CLAUDE_CODE_MODELS)) {
        List<Line> lines = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
          lines.add(randomCharge(random));
        }
        Instant from = MIDNIGHT.plus(DAY.multipliedBy(random.nextInt(3)));
        put(new BilledBucket(report, from, from.plus(DAY), NEXT_DAY.plusSeconds(told), lines));
      }
    }
  }

  /// Some are credits, some are of a tier, some do not know their cost.
  private static Line randomCharge(Random random) {
    Map<BilledDimension, String> group = new EnumMap<>(BilledDimension.class);
    for (BilledDimension dimension :
        List.of(MODEL, COST_TYPE, TOKEN_TYPE, SERVICE_TIER, CUSTOMER_TYPE)) {
      int name = random.nextInt(4);
      if (name > 0) {
        group.put(dimension, name == 1 ? "" : "n" + name);
      }
    }
    return new Line(
        new BilledGroup(group),
        random.nextInt(9) == 0
            ? input(1)
            : new BilledAmounts(Map.of(Measure.COST, random.nextLong(-50, 100))));
  }

  private void chargesAreThoseOfLines() {
    var range = new TimeRange(MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(3)));
    Map<List<Object>, Long> lines = new HashMap<>();
    for (BilledSum sum :
        billing.sums(BilledReport.COST, range, DAY, Set.of(MODEL, COST_TYPE, TOKEN_TYPE))) {
      Long told = sum.amounts().of(Measure.COST);
      long nanos = told == null ? 0 : told;
      var cell =
          List.<Object>of(
              LocalDate.ofInstant(sum.at(), ZoneOffset.UTC),
              sum.group().named(MODEL),
              sum.group().named(COST_TYPE),
              nanos < 0);
      lines.merge(cell, nanos, Long::sum);
    }
    Map<List<Object>, Long> charges = new HashMap<>();
    for (BilledCharge charge : billing.charges(range)) {
      charges.merge(
          List.of(charge.day(), charge.model(), charge.type(), charge.nanos() < 0),
          charge.nanos(),
          Long::sum);
    }
    assertThat(charges).isEqualTo(lines).hasSizeGreaterThan(9);
  }

  /// Some are not grouped by something, or name nothing, or do not know a number.
  private static Line randomLine(Random random) {
    Map<BilledDimension, String> group = new EnumMap<>(BilledDimension.class);
    for (BilledDimension dimension : List.of(API_KEY, MODEL, WORKSPACE)) {
      int name = random.nextInt(4);
      if (name > 0) {
        group.put(dimension, name == 1 ? "" : "n" + name);
      }
    }
    Map<Measure, Long> amounts = new EnumMap<>(Measure.class);
    for (Measure measure : List.of(Measure.INPUT, Measure.OUTPUT, Measure.COST)) {
      if (random.nextInt(8) > 0) {
        amounts.put(measure, (long) random.nextInt(100));
      }
    }
    return new Line(new BilledGroup(group), new BilledAmounts(amounts));
  }

  @Test
  void sumIsUnknownWhereOneOfItsPartsIs() {
    var one = new BilledAmounts(Map.of(Measure.INPUT, 1L, Measure.REQUESTS, 3L));
    put(
        hour(0, new Line(group("k1", "opus"), one), new Line(group("k2", "opus"), input(2))),
        hour(1, new Line(group("k1", "opus"), one)));
    assertThat(sums(HOUR))
        .extracting(sum -> sum.amounts().of(Measure.REQUESTS))
        .containsExactly(null, 3L);
    assertThat(sums(DAY, API_KEY))
        .extracting(BilledSum::amounts)
        .containsExactlyInAnyOrder(one.plus(one), input(2));
    assertThat(sums(DAY)).extracting(BilledSum::amounts).containsExactly(input(4));
  }

  @Test
  void reportsDoNotMix() {
    put(hour(0, line("k1", "opus", 5)));
    put(
        new BilledBucket(
            BilledReport.REQUESTS,
            MIDNIGHT,
            MIDNIGHT.plus(HOUR),
            NEXT_DAY,
            List.of(line("k1", "opus", 6))));
    assertThat(sums(DAY)).extracting(BilledSum::amounts).containsExactly(input(5));
  }

  @Test
  void emptyBucketIsKnownAndUnused() {
    assertThat(billing.known(BilledReport.MESSAGES)).isNull();
    put(hour(0), hour(1));
    assertThat(billing.known(BilledReport.MESSAGES))
        .isEqualTo(new TimeRange(MIDNIGHT, MIDNIGHT.plus(HOUR.multipliedBy(2))));
    assertThat(sums(DAY)).isEmpty();
  }

  @Test
  void hostileNamesComeBackAsTheyCame() {
    var group =
        new BilledGroup(Map.of(API_KEY, "a=b\nMODEL=x", MODEL, "\\n\r\\", WORKSPACE, "Ünï\u2028"));
    put(hour(0, new Line(group, input(1))));
    assertThat(sums(DAY, BilledDimension.values()))
        .containsExactly(new BilledSum(MIDNIGHT, group, input(1)));
  }

  @Test
  void bucketsAndHowFarTheAskingHasComeAreStoredTogetherOrNotAtAll() {
    Poll wrong = new Poll("test", null, MIDNIGHT, null, null, null, null);
    assertThatThrownBy(() -> billing.put(List.of(hour(0, line("k1", "opus", 5))), wrong))
        .isInstanceOf(StoreException.class);
    assertThat(sums(DAY)).isEmpty();
    assertThat(billing.poll("test")).isEqualTo(POLL);
    put(hour(0, line("k1", "opus", 5)));
    assertThat(sums(DAY)).hasSize(1);
  }

  @Test
  void pollIsKnownAfterARestart() {
    var poll = new Poll("test", MIDNIGHT, NEXT_DAY, MIDNIGHT, null, NEXT_DAY, "it said 500");
    billing.keep(POLL);
    billing.keep(poll);
    try (Database again = open(place)) {
      assertThat(new SqlBilling(again).poll("test")).isEqualTo(poll);
      assertThat(new SqlBilling(again).poll("other")).isEqualTo(Poll.first("other"));
    }
  }

  @Test
  void namesAreReplacedAndStayWhenNobodyTellsOfThemAnyMore() {
    var ada = new OrganizationEntry(Kind.USER, "user_1", "Ada", "ada@x.example", "user", "", "");
    var key = new OrganizationEntry(Kind.API_KEY, "apikey_1", "ci", "", "active", "user_1", "");
    billing.name(List.of(ada, key), POLL);
    var renamed =
        new OrganizationEntry(Kind.API_KEY, "apikey_1", "build", "", "archived", "user_1", "");
    billing.name(List.of(renamed), POLL);
    assertThat(billing.entries()).containsExactlyInAnyOrder(ada, renamed);
  }

  @Test
  void anyOrderOfRevisionsGivesTheLastWordOfEachBucket() {
    var random = new Random(7);
    Map<Instant, BilledBucket> last = new HashMap<>();
    Instant now = NEXT_DAY;
    for (int i = 0; i < 300; i++) {
      now = now.plusSeconds(random.nextInt(90));
      List<Line> lines = new ArrayList<>();
      for (String key : List.of("k1", "k2", "k3")) {
        if (random.nextBoolean()) {
          lines.add(line(key, "opus", random.nextInt(4)));
        }
      }
      BilledBucket bucket = told(now, hour(random.nextInt(6), lines.toArray(Line[]::new)));
      put(bucket);
      last.put(bucket.from(), bucket);
      if (random.nextInt(3) == 0) {
        put(told(now.minusSeconds(1 + random.nextInt(500)), hour(5 - random.nextInt(6))), last);
      }
    }
    List<BilledSum> expected = new ArrayList<>();
    last.forEach(
        (from, bucket) ->
            bucket
                .lines()
                .forEach(line -> expected.add(new BilledSum(from, line.group(), line.amounts()))));
    assertThat(sums(HOUR, API_KEY, MODEL)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(totals()).isEqualTo(sumsByGroup());
    assertThat(new SqlStore(database, PriceBook::builtIn).verify()).isEmpty();
  }

  private Map<BilledGroup, BilledAmounts> totals() {
    Map<BilledGroup, BilledAmounts> totals = new HashMap<>();
    billing.totals(-1).totals().forEach(total -> totals.put(total.group(), total.amounts()));
    totals.values().removeIf(amounts -> amounts.equals(input(0)));
    return totals;
  }

  private Map<BilledGroup, BilledAmounts> sumsByGroup() {
    Map<BilledGroup, BilledAmounts> groups = new HashMap<>();
    sums(HOUR, BilledDimension.values())
        .forEach(sum -> groups.merge(sum.group(), sum.amounts(), BilledAmounts::plus));
    groups.values().removeIf(amounts -> amounts.equals(input(0)));
    return groups;
  }

  @Test
  void onlyTotalsThatHaveChangedAreToldAgain() {
    put(hour(0, line("k1", "opus", 5), line("k2", "opus", 1)));
    BilledTotals first = billing.totals(-1);
    assertThat(first.totals()).hasSize(2);
    assertThat(billing.totals(first.revision()).totals()).isEmpty();
    put(hour(1, line("k1", "opus", 2)));
    put(told(NEXT_DAY, hour(0, line("k1", "opus", 5), line("k2", "opus", 1))));
    BilledTotals second = billing.totals(first.revision());
    assertThat(second.totals())
        .extracting(total -> total.group() + " " + total.amounts())
        .containsExactlyInAnyOrder(group("k1", "opus") + " " + input(7));
    assertThat(second.revision()).isGreaterThan(first.revision());
  }

  @Test
  void totalKnowsWhatAnyBucketKnows() {
    var counted = new BilledAmounts(Map.of(Measure.INPUT, 1L, Measure.REQUESTS, 3L));
    put(hour(0, new Line(group("k1", "opus"), counted)), hour(1, line("k1", "opus", 2)));
    assertThat(billing.totals(-1).totals())
        .extracting(BilledTotals.Total::amounts)
        .containsExactly(new BilledAmounts(Map.of(Measure.INPUT, 3L, Measure.REQUESTS, 3L)));
  }

  @Test
  void counterNeverTellsLessAlsoAfterARestart() {
    BilledGroup k1 = group("k1", "opus");
    BilledGroup k2 = group("k2", "opus");
    billing.tell("keys", Map.of(k2, input(5)));
    put(hour(0));
    billing.tell("keys", Map.of(k1, input(7)));
    billing.tell("keys", Map.of(k1, input(6), k2, input(8)));
    billing.tell("others", Map.of(k1, input(1)));
    try (Database again = open(place)) {
      assertThat(new SqlBilling(again).tell("keys", Map.of()))
          .containsExactly(Map.entry(k2, input(8)), Map.entry(k1, input(7)));
    }
    var both = new BilledAmounts(Map.of(Measure.INPUT, 1L, Measure.COST, 3L));
    assertThat(billing.tell("keys", Map.of(k1, both)).get(k1))
        .isEqualTo(new BilledAmounts(Map.of(Measure.INPUT, 7L, Measure.COST, 3L)));
  }

  /// A late answer counts only where nothing newer is known.
  private void put(BilledBucket late, Map<Instant, BilledBucket> last) {
    Placed placed = put(late);
    BilledBucket known = last.get(late.from());
    boolean newer = known != null && known.toldAt().isAfter(late.toldAt());
    boolean byFar = newer && known.toldAt().isAfter(late.toldAt().plus(Duration.ofMinutes(10)));
    assertThat(placed.outdated()).isEqualTo(newer && !byFar ? 1 : 0);
    if (placed.outdated() == 0) {
      last.put(late.from(), late);
    }
  }

  private Placed put(BilledBucket... buckets) {
    return billing.put(List.of(buckets), POLL);
  }

  private List<BilledSum> sums(Duration step, BilledDimension... by) {
    return billing.sums(BilledReport.MESSAGES, TimeRange.ALL, step, Set.of(by));
  }

  private static BilledBucket hour(int hour, Line... lines) {
    Instant from = MIDNIGHT.plus(HOUR.multipliedBy(hour));
    return new BilledBucket(
        BilledReport.MESSAGES, from, from.plus(HOUR), from.plusSeconds(60), List.of(lines));
  }

  private static BilledBucket told(Instant at, BilledBucket bucket) {
    return new BilledBucket(bucket.report(), bucket.from(), bucket.to(), at, bucket.lines());
  }

  private static Line line(String key, String model, long input) {
    return new Line(group(key, model), input(input));
  }

  private static BilledGroup group(String key, String model) {
    return new BilledGroup(Map.of(API_KEY, key, MODEL, model));
  }

  private static BilledAmounts input(long input) {
    return new BilledAmounts(Map.of(Measure.INPUT, input));
  }

  private static BilledSum sum(Instant at, String key, String model, long input) {
    return new BilledSum(at, group(key, model), input(input));
  }
}

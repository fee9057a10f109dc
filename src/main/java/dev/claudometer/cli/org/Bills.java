package dev.claudometer.cli.org;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.cli.text.Bill;
import dev.claudometer.cli.text.Bill.Column;
import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.store.BilledSum;
import dev.claudometer.store.Billing;
import dev.claudometer.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks the store for what an organisation used and was billed, by UTC day or month. Tokens,
/// requests and money come from three reports: what one does not tell is unknown, not zero.
final class Bills {

  private static final Duration DAY = Duration.ofDays(1);

  private static final List<Column> USAGE =
      List.of(
          new Column("inputTokens", "Input", false, false),
          new Column("outputTokens", "Output", false, false),
          new Column("cacheCreationTokens", "Cache Create", false, true),
          new Column("cacheReadTokens", "Cache Read", false, true),
          new Column("totalTokens", "Total Tokens", false, true),
          new Column("webSearchRequests", "Searches", false, true),
          new Column("requests", "Requests", false, true),
          new Column("totalCost", "Cost (USD)", true, false));

  private static final List<Column> CLAUDE_CODE =
      List.of(
          new Column("sessions", "Sessions", false, false),
          new Column("linesAdded", "Lines +", false, false),
          new Column("linesRemoved", "Lines −", false, true),
          new Column("commits", "Commits", false, true),
          new Column("pullRequests", "PRs", false, true),
          new Column("acceptedEdits", "Accepted", false, true),
          new Column("rejectedEdits", "Rejected", false, true),
          new Column("totalTokens", "Tokens", false, true),
          new Column("estimatedCost", "Est. (USD)", true, false));

  private final Billing billing;
  private final TimeRange range;
  private final boolean monthly;
  private final Map<BilledReport, TimeRange> known = new EnumMap<>(BilledReport.class);

  Bills(Billing billing, TimeRange range, boolean monthly) {
    this.billing = billing;
    this.range = range;
    this.monthly = monthly;
    for (BilledReport report : BilledReport.values()) {
      TimeRange extent = billing.known(report);
      if (extent != null) {
        known.put(report, extent);
      }
    }
  }

  private record Key(String label, String group) {
    static final Comparator<Key> ORDER = Comparator.comparing(Key::label).thenComparing(Key::group);
  }

  private final class Cells {
    private final Map<Key, Map<BilledReport, BilledAmounts>> cells = new TreeMap<>(Key.ORDER);

    void add(BilledReport report, Set<BilledDimension> by, Function<BilledSum, String> group) {
      for (BilledSum sum : billing.sums(report, range, DAY, by)) {
        cells
            .computeIfAbsent(new Key(label(sum.at()), group.apply(sum)), _ -> new TreeMap<>())
            .merge(report, sum.amounts(), BilledAmounts::plus);
      }
    }
  }

  private String label(Instant at) {
    String day = LocalDate.ofInstant(at, UTC).toString();
    return monthly ? day.substring(0, "2026-11".length()) : day;
  }

  /// @param by null for no split
  Bill usage(@Nullable BillBy by) {
    var names = new BillNames(billing.entries());
    var cells = new Cells();
    for (BilledReport report :
        List.of(
            BilledReport.MESSAGES,
            BilledReport.REQUESTS,
            BilledReport.COST,
            BilledReport.KEY_COST)) {
      if (by == null && report != BilledReport.KEY_COST) {
        cells.add(report, Set.of(), _ -> "");
      } else if (by != null && by.toldBy(report)) {
        cells.add(report, by.dimensions(), sum -> names.of(by, sum.group()));
      }
    }
    List<Bill.Row> rows = new ArrayList<>();
    cells.cells.forEach(
        (key, told) ->
            rows.add(new Bill.Row(key.label(), key.group(), usage(key.label(), told, by))));
    return bill(by == null ? null : by.by(), USAGE, rows);
  }

  private List<@Nullable Long> usage(
      String label, Map<BilledReport, BilledAmounts> told, @Nullable BillBy by) {
    BilledAmounts tokens = told(label, told, by, BilledReport.MESSAGES);
    BilledAmounts requests = told(label, told, by, BilledReport.REQUESTS);
    BilledAmounts billed = told(label, told, by, BilledReport.COST);
    BilledAmounts cost = billed == null ? told(label, told, by, BilledReport.KEY_COST) : billed;
    List<@Nullable Long> values = new ArrayList<>();
    values.add(value(tokens, Measure.INPUT));
    values.add(value(tokens, Measure.OUTPUT));
    values.add(tokens == null ? null : tokens.tokens().cacheWrite());
    values.add(value(tokens, Measure.CACHE_READ));
    values.add(tokens == null ? null : tokens.tokens().total());
    values.add(value(tokens, Measure.WEB_SEARCHES));
    values.add(value(requests, Measure.REQUESTS));
    values.add(value(cost, Measure.COST));
    return values;
  }

  /// A report that knows the time and tells nothing of it says zero.
  private @Nullable BilledAmounts told(
      String label,
      Map<BilledReport, BilledAmounts> told,
      @Nullable BillBy by,
      BilledReport report) {
    BilledAmounts amounts = told.get(report);
    if (amounts != null || (by != null && !by.toldBy(report))) {
      return amounts;
    }
    TimeRange extent = known.get(report);
    boolean knows =
        extent != null
            && label.compareTo(label(extent.from())) >= 0
            && label.compareTo(label(extent.to().minusMillis(1))) <= 0;
    return knows ? zero() : null;
  }

  private static BilledAmounts zero() {
    Map<Measure, Long> zeros = new TreeMap<>();
    for (Measure measure : Measure.values()) {
      zeros.put(measure, 0L);
    }
    return new BilledAmounts(zeros);
  }

  private static @Nullable Long value(@Nullable BilledAmounts amounts, Measure measure) {
    return amounts == null ? null : amounts.of(measure);
  }

  /// What people did with Claude Code, as Anthropic counts it.
  Bill claudeCode() {
    var cells = new Cells();
    for (BilledReport report :
        List.of(
            BilledReport.CLAUDE_CODE,
            BilledReport.CLAUDE_CODE_TOOLS,
            BilledReport.CLAUDE_CODE_MODELS)) {
      cells.add(report, Set.of(BilledDimension.ACTOR), sum -> actor(sum));
    }
    List<Bill.Row> rows = new ArrayList<>();
    cells.cells.forEach(
        (key, told) -> rows.add(new Bill.Row(key.label(), key.group(), claudeCode(told))));
    return bill(new Bill.By("person", "Person"), CLAUDE_CODE, rows);
  }

  private static String actor(BilledSum sum) {
    String actor = sum.group().value(BilledDimension.ACTOR);
    return actor == null || actor.isEmpty() ? "(" + BilledDimension.ACTOR.none() + ")" : actor;
  }

  /// The three come from one record each: what one of them lacks is none.
  private static List<@Nullable Long> claudeCode(Map<BilledReport, BilledAmounts> told) {
    BilledAmounts work = told.getOrDefault(BilledReport.CLAUDE_CODE, zero());
    BilledAmounts tools = told.getOrDefault(BilledReport.CLAUDE_CODE_TOOLS, zero());
    BilledAmounts models = told.getOrDefault(BilledReport.CLAUDE_CODE_MODELS, zero());
    List<@Nullable Long> values = new ArrayList<>();
    values.add(work.of(Measure.SESSIONS));
    values.add(work.of(Measure.LINES_ADDED));
    values.add(work.of(Measure.LINES_REMOVED));
    values.add(work.of(Measure.COMMITS));
    values.add(work.of(Measure.PULL_REQUESTS));
    values.add(tools.of(Measure.ACCEPTED));
    values.add(tools.of(Measure.REJECTED));
    values.add(models.tokens().total());
    values.add(models.of(Measure.COST));
    return values;
  }

  private Bill bill(Bill.@Nullable By by, List<Column> columns, List<Bill.Row> rows) {
    return new Bill(
        monthly ? "monthly" : "daily",
        monthly ? "month" : "date",
        monthly ? "Month" : "Date",
        by,
        columns,
        rows);
  }
}

package dev.claudometer.server.web.table;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.Usd;
import dev.claudometer.server.api.usage.OrganizationApi.Bucket;
import dev.claudometer.server.api.usage.OrganizationApi.Buckets;
import dev.claudometer.server.api.usage.OrganizationApi.ReportState;
import dev.claudometer.server.api.usage.Sums;
import dev.claudometer.server.api.usage.UsageApi.Series;
import dev.claudometer.server.web.table.Table.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What we have counted beside what Anthropic says, by UTC day and model, and the difference.
///
/// @param cost how far the cost report is known
/// @param tokens how far the report of messages is known
public record ComparedTable(Figures figures, ReportState cost, ReportState tokens) {

  private static final String EMPTY =
      "Nothing was counted in this period, and nothing is known of a bill.";

  private static final Sums NONE =
      new Sums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Usd.ZERO, Usd.ZERO, Usd.ZERO);

  private record Key(Instant day, String model) {}

  /// What Anthropic says; null is unknown.
  private record Told(
      @Nullable Usd cost,
      @Nullable Long input,
      @Nullable Long output,
      @Nullable Long cacheWrite,
      @Nullable Long cacheRead) {}

  public Table table(Series counted, Buckets bill, Buckets messages) {
    Map<Key, Sums> ours = new HashMap<>();
    counted.points().forEach(point -> ours.put(new Key(point.at(), point.key()), point.totals()));
    Map<Key, Usd> billed = new HashMap<>();
    bill.buckets().forEach(bucket -> bill(billed, bucket));
    Map<Key, Bucket> told = new HashMap<>();
    messages.buckets().forEach(bucket -> told.put(key(bucket), bucket));
    Set<Key> keys =
        new TreeSet<>(Comparator.comparing(Key::day).reversed().thenComparing(Key::model));
    keys.addAll(ours.keySet());
    keys.addAll(billed.keySet());
    keys.addAll(told.keySet());
    return Table.of(
        "compared",
        "Counted here, and told by Anthropic",
        columns(),
        keys.stream()
            .map(key -> row(key, ours.getOrDefault(key, NONE), theirs(key, billed, told)))
            .toList(),
        EMPTY);
  }

  private static void bill(Map<Key, Usd> billed, Bucket bucket) {
    Usd cost = bucket.amounts().cost();
    if (cost != null) {
      billed.merge(key(bucket), cost, Usd::plus);
    }
  }

  /// What is billed for no model, such as web searches, is a row of its own.
  private static Key key(Bucket bucket) {
    var part = bucket.group().get("model");
    String id = part == null ? null : part.id();
    return new Key(bucket.at(), id == null ? "" : id);
  }

  /// Within what is known, what is not told was not used; beyond it, it is unknown.
  private Told theirs(Key key, Map<Key, Usd> billed, Map<Key, Bucket> told) {
    Bucket bucket = told.get(key);
    Long none = within(tokens, key.day()) ? 0L : null;
    return new Told(
        billed.getOrDefault(key, within(cost, key.day()) ? Usd.ZERO : null),
        bucket == null ? none : bucket.amounts().input(),
        bucket == null ? none : bucket.amounts().output(),
        bucket == null
            ? none
            : plus(bucket.amounts().cacheWrite5m(), bucket.amounts().cacheWrite1h()),
        bucket == null ? none : bucket.amounts().cacheRead());
  }

  private static boolean within(ReportState state, Instant day) {
    Instant from = state.from();
    Instant to = state.to();
    return from != null && to != null && !day.isBefore(from) && day.isBefore(to);
  }

  private static @Nullable Long plus(@Nullable Long one, @Nullable Long other) {
    return one == null || other == null ? (one == null ? other : one) : Long.valueOf(one + other);
  }

  private static List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.time("day", "Day (UTC)"));
    columns.add(Column.time("model", "Model"));
    columns.add(Column.number("costUsd", "Cost here"));
    columns.add(Column.number("billedUsd", "Billed"));
    columns.add(Column.number("differenceUsd", "Difference"));
    addColumns(columns, "input", "Input");
    addColumns(columns, "output", "Output");
    addColumns(columns, "cacheWrite", "Cache write");
    addColumns(columns, "cacheRead", "Cache read");
    return columns;
  }

  private static void addColumns(List<Column> columns, String key, String name) {
    columns.add(Column.number(key + "Tokens", name + " here"));
    columns.add(Column.number(key + "Told", "told"));
    columns.add(Column.number(key + "Difference", "difference"));
  }

  private List<Cell> row(Key key, Sums ours, Told theirs) {
    List<Cell> row = new ArrayList<>();
    row.add(Cell.name(key.day().atZone(UTC).toLocalDate().toString()));
    row.add(
        key.model().isEmpty() ? new Cell("no model", "", "", List.of()) : Cell.name(key.model()));
    Usd billed = theirs.cost();
    row.add(Cell.money(figures, ours.cost()));
    row.add(Cell.money(figures, billed));
    row.add(billed == null ? Cell.unknown() : Cell.money(figures, billed.minus(ours.cost())));
    addTokens(row, ours.input(), theirs.input());
    addTokens(row, ours.output(), theirs.output());
    addTokens(row, ours.cacheWrite5m() + ours.cacheWrite1h(), theirs.cacheWrite());
    addTokens(row, ours.cacheRead(), theirs.cacheRead());
    return row;
  }

  private static void addTokens(List<Cell> row, long here, @Nullable Long theirs) {
    row.add(Cell.count(here));
    row.add(theirs == null ? Cell.unknown() : Cell.count(theirs));
    row.add(theirs == null ? Cell.unknown() : Cell.count(theirs - here));
  }
}

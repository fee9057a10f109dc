package dev.claudometer.server.web.table;

import dev.claudometer.report.Share;
import dev.claudometer.server.web.table.Table.Column;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Sums of projects, models, devices or whatever else sums are split by.
///
/// @param by what they are split by, as the filter of the sessions' page calls it
/// @param about a page of the same period: each of them has one of its own
public record ShareTable(
    String id, String caption, String by, List<Share> shares, Figures figures, Address about) {

  /// What fits beside two others.
  private static final Set<String> BRIEF =
      Set.of("person", "project", "model", "device", "branch", "costUsd", "bar");

  private static final String EMPTY = "Nothing was used in this period.";

  public Table table() {
    Map<String, String> models = models();
    return Table.of(
        id, caption, columns(), new RowsOnDemand<>(shares, share -> row(share, models)), EMPTY);
  }

  private List<Column> columns() {
    return Stream.concat(
            Stream.of(Column.text(by, title())),
            SumCells.columns(shares.stream().map(Share::totals)).stream())
        .toList();
  }

  /// The first ones, each with a bar; a file has all. Only the rows that are asked for are written.
  public Table top(int most) {
    long largest = shares.stream().mapToLong(ShareTable::nanos).max().orElse(0);
    List<Column> columns =
        Stream.concat(columns().stream(), Stream.of(Column.bar("bar", "Share")))
            .map(column -> BRIEF.contains(column.key()) ? column : Column.inFiles(column.key()))
            .toList();
    return Table.of(id, caption, columns, barred(largest).limit(most).toList(), EMPTY)
        .of(() -> barred(largest));
  }

  private static long nanos(Share share) {
    return share.totals().reportedElseCalculated().nanos();
  }

  private Stream<List<Cell>> barred(long largest) {
    Map<String, String> models = models();
    return shares.stream()
        .map(
            share ->
                Stream.concat(
                        row(share, models).stream().map(Cell::alone),
                        Stream.of(Cell.bar(nanos(share), largest)))
                    .toList());
  }

  private Map<String, String> models() {
    return by.equals("model") ? ModelName.of(shares.stream().map(Share::key).toList()) : Map.of();
  }

  private String title() {
    return by.substring(0, 1).toUpperCase(Locale.ROOT) + by.substring(1);
  }

  /// @param models their names by id; empty where it is not about models
  private List<Cell> row(Share share, Map<String, String> models) {
    String called = share.key().isEmpty() && by.equals("person") ? "no owner" : share.name();
    String model = models.get(share.key());
    Cell name =
        model == null ? Cell.name(called).valued(share.key()) : Cell.model(model, share.key());
    Cell linked =
        name.to(about.at(by.equals("team") ? "/" : "/" + by).with(by, share.key()).text());
    return Stream.concat(
            Stream.of(share.key().isEmpty() ? name : linked),
            SumCells.of(share.totals(), figures).stream())
        .toList();
  }
}

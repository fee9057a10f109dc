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

  public Table table() {
    return Table.of(
        id,
        caption,
        Stream.concat(Stream.of(Column.text(by, title())), SumCells.columns().stream()).toList(),
        rows(),
        "Nothing was used in this period.");
  }

  private List<List<Cell>> rows() {
    Map<String, String> models =
        by.equals("model") ? ModelName.of(shares.stream().map(Share::key).toList()) : Map.of();
    return shares.stream().map(share -> row(share, models)).toList();
  }

  /// The first ones, each with a bar; a file has all.
  public Table top(int most) {
    Table all = table();
    long largest =
        shares.stream()
            .mapToLong(share -> share.totals().reportedElseCalculated().nanos())
            .max()
            .orElse(0);
    List<Cell> bars =
        shares.stream()
            .map(share -> Cell.bar(share.totals().reportedElseCalculated().nanos(), largest))
            .toList();
    Table barred = all.with(Column.bar("bar", "Share"), bars);
    List<List<Cell>> rows = barred.rows().stream().map(ShareTable::brief).toList();
    List<Column> columns =
        barred.columns().stream()
            .map(column -> BRIEF.contains(column.key()) ? column : Column.inFiles(column.key()))
            .toList();
    return Table.of(id, caption, columns, rows.subList(0, Math.min(most, rows.size())), all.empty())
        .of(rows::stream);
  }

  /// The amount alone: what has no price is said once, above.
  private static List<Cell> brief(List<Cell> row) {
    return row.stream().map(Cell::alone).toList();
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

package dev.claudometer.server.web.table;

import dev.claudometer.report.Share;
import dev.claudometer.server.web.table.Table.Column;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Sums of projects, models, devices or whatever else sums are split by.
///
/// @param by what they are split by, as the filter of the sessions' page calls it
/// @param sessions where the sessions of all of them are
public record ShareTable(
    String id, String caption, String by, List<Share> shares, Figures figures, Address sessions) {

  /// What fits beside two others.
  private static final Set<String> BRIEF = Set.of("project", "model", "device", "costUsd");

  public Table table() {
    return Table.of(
        id,
        caption,
        Stream.concat(Stream.of(Column.text(by, title())), SumCells.columns().stream()).toList(),
        shares.stream().map(this::row).toList(),
        "Nothing was used in this period.");
  }

  /// The first ones; a file has all.
  public Table top(int most) {
    Table all = table();
    List<List<Cell>> rows = all.rows();
    List<Column> columns =
        all.columns().stream()
            .map(column -> BRIEF.contains(column.key()) ? column : Column.inFiles(column.key()))
            .toList();
    return Table.of(id, caption, columns, rows.subList(0, Math.min(most, rows.size())), all.empty())
        .of(rows::stream);
  }

  private String title() {
    return by.substring(0, 1).toUpperCase(Locale.ROOT) + by.substring(1);
  }

  private List<Cell> row(Share share) {
    Cell name = Cell.name(share.name()).valued(share.key());
    Cell linked = name.to(sessions.with(by, share.key()).text());
    return Stream.concat(
            Stream.of(share.key().isEmpty() ? name : linked),
            SumCells.of(share.totals(), figures).stream())
        .toList();
  }
}

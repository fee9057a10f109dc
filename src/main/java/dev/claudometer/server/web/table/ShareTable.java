package dev.claudometer.server.web.table;

import dev.claudometer.server.api.usage.Sums;
import dev.claudometer.server.api.usage.UsageApi.Share;
import dev.claudometer.server.web.table.Table.Column;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Sums of projects, models, devices or whatever else sums are split by.
///
/// @param by what they are split by, as the filter of the sessions' page calls it
public record ShareTable(
    String id, String caption, String by, List<Share> shares, Figures figures) {

  public Table table() {
    return Table.of(
        id,
        caption,
        Stream.concat(Stream.of(Column.text(by, title())), SumCells.columns().stream()).toList(),
        shares.stream().map(this::row).toList(),
        "Nothing was used in this period.");
  }

  private String title() {
    return by.substring(0, 1).toUpperCase(Locale.ROOT) + by.substring(1);
  }

  private List<Cell> row(Share share) {
    Cell name = Cell.name(share.name()).valued(share.key());
    Cell linked =
        name.to("/sessions?" + by + "=" + URLEncoder.encode(share.key(), StandardCharsets.UTF_8));
    Sums sums = share.totals();
    return Stream.concat(
            Stream.of(share.key().isEmpty() ? name : linked), SumCells.of(sums, figures).stream())
        .toList();
  }
}

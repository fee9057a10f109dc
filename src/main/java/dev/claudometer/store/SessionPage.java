package dev.claudometer.store;

import dev.claudometer.model.SessionId;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sessions in the order that was asked for.
///
/// @param next where the next page goes on; null where this is the last
public record SessionPage(List<Row> rows, SessionQuery.@Nullable Cursor next) {

  public SessionPage {
    rows = List.copyOf(rows);
  }

  /// A session: what of it fits the question, and the whole.
  ///
  /// @param first its first response, whether it fits or not; so the last
  /// @param totals what falls into the range and fits
  /// @param whole all that it used
  /// @param parts the whole by model, project, branch and device
  public record Row(
      SessionId session,
      Instant first,
      Instant last,
      Totals totals,
      Totals whole,
      List<Slice> parts) {

    public Row {
      parts = List.copyOf(parts);
    }
  }
}

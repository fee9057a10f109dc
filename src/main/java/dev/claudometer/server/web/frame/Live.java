package dev.claudometer.server.web.frame;

import dev.claudometer.server.api.Api;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.web.table.Figures;

/// What a page is told of that keeps itself up to date.
///
/// @param revision of the store, read before the figures: what was stored since may be missing
/// @param at when the figures were read, as the page shows it
public record Live(long revision, String at) {

  /// To be called before any figure is asked for.
  public static Live of(Api api, Call call) {
    return new Live(api.live().revision(), Figures.of(api.settings()).time(call.now()));
  }

  /// Whether only the part that changes is asked for.
  public static boolean asked(Call call) {
    return "live".equals(call.header("Claudometer-Part"));
  }
}

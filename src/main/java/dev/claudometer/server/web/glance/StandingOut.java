package dev.claudometer.server.web.glance;

import dev.claudometer.report.Drivers;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import org.jspecify.annotations.Nullable;

/// A session that cost far more than others, in words.
///
/// @param words `cost $336.51, 41 % of the period and 63 × the median session`
public record StandingOut(String name, String link, String words) {

  /// The one that stands out; null where none does.
  ///
  /// @param cost of the period, in nano-dollars
  public static @Nullable StandingOut of(
      Drivers drivers, long cost, Figures figures, Address about) {
    Drivers.Outlier outlier = drivers.outlier();
    return outlier == null
        ? null
        : new StandingOut(
            Escaped.name(outlier.name()),
            about.at("/session").with("id", outlier.session().text()).text(),
            "cost "
                + figures.money(outlier.cost())
                + ", "
                + Figures.percent((double) outlier.cost().nanos() / Math.max(1, cost))
                + " of the period and "
                + Figures.count(outlier.cost().nanos() / outlier.median().nanos())
                + " × the median session.");
  }
}

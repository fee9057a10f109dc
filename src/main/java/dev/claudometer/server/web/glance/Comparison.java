package dev.claudometer.server.web.glance;

import dev.claudometer.model.Usd;
import dev.claudometer.report.Money;
import dev.claudometer.report.Overview;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.usage.Totals;

/// The cost beside that of the same stretch of the period before, in words.
///
/// @param change `↑ $1,142.12 (+18 %)`; empty where it cannot be told
/// @param before `on $6,428.43 in 1–27 Oct`
public record Comparison(String change, String before) {

  public static Comparison of(Overview overview, Figures figures) {
    String when = figures.days(overview.previousFrom(), overview.previousTo());
    Money earlier = Money.of(overview.previous());
    if (overview.previous().responses() == 0) {
      return new Comparison("", "Nothing was used in " + when + ": no comparison.");
    }
    if (earlier.isUnknown() || Money.of(overview.totals()).isUnknown()) {
      return new Comparison("", figures.cost(earlier) + " in " + when);
    }
    return new Comparison(
        change(overview.totals(), overview.previous(), figures),
        "on " + figures.cost(earlier) + " in " + when);
  }

  private static String change(Totals now, Totals earlier, Figures figures) {
    Usd cost = now.reportedElseCalculated();
    Usd before = earlier.reportedElseCalculated();
    long more = cost.minus(before).nanos();
    String sign = more < 0 ? "↓ " : more > 0 ? "↑ " : "";
    String percent = Figures.change(cost.nanos(), before.nanos());
    return sign
        + figures.money(new Usd(Math.abs(more)))
        + (percent.isEmpty() ? "" : " (" + percent + ")");
  }
}

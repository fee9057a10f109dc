package dev.claudometer.server.web.glance;

import dev.claudometer.report.Money;
import dev.claudometer.report.Overview;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.usage.Totals;
import java.util.List;
import java.util.Locale;

/// The four counters of tokens, the largest first, and what the cache did.
public record TokenUse(Line all, List<Line> lines, String cache) {

  /// A counter.
  ///
  /// @param brief `1.39 B`, `exact` its digits
  /// @param change against the period before
  /// @param length of its bar, of 100
  public record Line(String name, String brief, String exact, String change, String length) {}

  public static TokenUse of(Overview overview, Figures figures) {
    Totals now = overview.totals();
    var tokens = now.tokens();
    var before = overview.previous().tokens();
    long cacheWrite = tokens.cacheWrite();
    long most =
        Math.max(
            1,
            Math.max(
                Math.max(tokens.input(), tokens.output()),
                Math.max(cacheWrite, tokens.cacheRead())));
    long all = tokens.input() + tokens.output() + cacheWrite + tokens.cacheRead();
    return new TokenUse(
        line("All", all, 0, all),
        List.of(
            line("Cache read", tokens.cacheRead(), before.cacheRead(), most),
            line("Cache write", cacheWrite, before.cacheWrite(), most),
            line("Output", tokens.output(), before.output(), most),
            line("Input", tokens.input(), before.input(), most)),
        cache(overview, figures));
  }

  private static Line line(String name, long now, long before, long most) {
    return new Line(
        name,
        Figures.brief(now),
        Figures.count(now),
        Figures.change(now, before),
        String.format(Locale.ROOT, "%.1f", 100.0 * now / Math.max(1, most)));
  }

  /// `93 % of input tokens came from the cache, which saved $14,686.87.`
  private static String cache(Overview overview, Figures figures) {
    var tokens = overview.totals().tokens();
    long input = tokens.input() + tokens.cacheWrite() + tokens.cacheRead();
    if (input == 0) {
      return "";
    }
    String share =
        Figures.percent((double) tokens.cacheRead() / input)
            + " of input tokens came from the cache";
    return Money.of(overview.totals()).isUnknown()
        ? share + "."
        : share + ", which saved " + figures.money(overview.cacheSavings()) + ".";
  }
}

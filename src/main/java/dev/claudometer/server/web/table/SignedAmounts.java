package dev.claudometer.server.web.table;

import dev.claudometer.model.Usd;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Amounts as differences, and as short as a chart has room for.
public record SignedAmounts(Figures figures) {

  private static final String MINUS = "\u2212";
  private static final Map<String, String> SIGNS = Map.of("USD", "$", "EUR", "€", "GBP", "£");

  /// `+$982.40`, `−$406.96`: what is added or taken away.
  public String signed(@Nullable Usd amount) {
    if (amount == null || amount.nanos() == 0) {
      return figures.money(amount);
    }
    return (amount.nanos() < 0 ? MINUS : "+") + figures.money(new Usd(Math.abs(amount.nanos())));
  }

  /// `$5.5k`, `$983`, `$0.25`.
  String brief(double amount) {
    double size = Math.abs(amount);
    return signed(amount, size >= 1_000 ? thousands(size) : few(size));
  }

  private String signed(double amount, String digits) {
    String sign = SIGNS.get(figures.currency());
    return (amount < 0 ? MINUS : "")
        + (sign == null ? digits + " " + figures.currency() : sign + digits);
  }

  private static String thousands(double size) {
    String format = size >= 10_000 ? "%,.0f" : "%.1f";
    return String.format(Locale.ROOT, format, size / 1_000).replaceFirst("\\.0$", "") + "k";
  }

  private String few(double size) {
    int places = size >= 1 ? figures.places() : 2;
    boolean whole = size >= 100 || size == Math.rint(size);
    return String.format(Locale.ROOT, whole ? "%.0f" : "%." + places + "f", size);
  }

  /// As beside a bar, to the dollar: `$1,003`, `$0.25`; `$250k` where there is no room for that.
  String beside(double amount) {
    double size = Math.abs(amount);
    return size < 1_000 || size >= 100_000
        ? brief(amount)
        : signed(amount, String.format(Locale.ROOT, "%,.0f", size));
  }

  /// The same, added or taken away.
  String besideSigned(double amount) {
    return (amount > 0 ? "+" : "") + beside(amount);
  }
}

package dev.claudometer.server.web.table;

import static java.time.LocalTime.MIDNIGHT;

import dev.claudometer.model.Usd;
import dev.claudometer.report.Money;
import dev.claudometer.server.api.Settings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes amounts and times as the settings want them: in their zone and their currency.
///
/// @param currency such as EUR
/// @param rate what one dollar costs in it
public record Figures(ZoneId zone, String currency, BigDecimal rate, String rateDate) {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ENGLISH);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
  private static final String MINUS = "\u2212";
  private static final String UNITS = "kMBT";
  private static final long BRIEF = 10_000;
  private static final Map<String, String> SIGNS = Map.of("USD", "$", "EUR", "€", "GBP", "£");
  private static final Map<String, Integer> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .filter(each -> each.getDefaultFractionDigits() >= 0)
          .collect(
              Collectors.toUnmodifiableMap(
                  Currency::getCurrencyCode, Currency::getDefaultFractionDigits));

  /// As the settings say; a currency without a rate would be a wrong label, so then it is dollars.
  public static Figures of(Settings settings) {
    Map<String, String> all = settings.all();
    String currency = all.getOrDefault("currency", "USD");
    String rate = all.getOrDefault("exchangeRate", "");
    return currency.equals("USD") || rate.isEmpty()
        ? new Figures(settings.zone(), "USD", BigDecimal.ONE, "")
        : new Figures(
            settings.zone(),
            currency,
            new BigDecimal(rate),
            all.getOrDefault("exchangeRateDate", ""));
  }

  /// `$1,234.50`, `1,235 JPY`, and `$0.0042` where the usual places would say too little.
  public String money(@Nullable Usd amount) {
    if (amount == null) {
      return "unknown";
    }
    BigDecimal value = amount(amount);
    int places = places();
    BigDecimal least = BigDecimal.ONE.movePointLeft(places);
    boolean small = value.signum() != 0 && value.abs().compareTo(least) < 0;
    String digits =
        small
            ? value.round(new MathContext(2)).toPlainString()
            : grouped(rounded(value, places).toPlainString());
    String sign = SIGNS.get(currency);
    String size = digits.startsWith("-") ? digits.substring(1) : digits;
    return (digits.startsWith("-") ? MINUS : "")
        + (sign == null ? size + " " + currency : sign + size);
  }

  private static BigDecimal rounded(BigDecimal value, int places) {
    return value.setScale(places, RoundingMode.HALF_EVEN);
  }

  /// Digits behind the point of the currency's smallest unit: none of JPY, three of KWD.
  int places() {
    return CURRENCIES.getOrDefault(currency, 2);
  }

  /// `$12.40`; `$12.40 + 3 unpriced` where that many responses have no price, and `unpriced` where
  /// none has one.
  public String cost(Money cost) {
    if (cost.isUnknown()) {
      return "unpriced";
    }
    String known = money(cost.known());
    return cost.unpriced() == 0 ? known : known + " + " + count(cost.unpriced()) + " unpriced";
  }

  /// In the currency of the settings, exact.
  public BigDecimal amount(Usd amount) {
    return amount.dollars().multiply(rate);
  }

  /// What has to be said where amounts are not in dollars, else empty.
  public String rateNote() {
    return currency.equals("USD")
        ? ""
        : "One dollar is counted as "
            + rate.toPlainString()
            + " "
            + currency
            + (rateDate.isEmpty() ? "." : ", the rate of " + rateDate + ".");
  }

  /// `1,234,567`.
  public static String count(long number) {
    return grouped(Long.toString(number));
  }

  /// A comma before every three digits in front of the point: a page may have thousands of numbers,
  /// and a format takes ten times as long.
  private static String grouped(String number) {
    int point = number.indexOf('.');
    int first = number.startsWith("-") ? 1 : 0;
    var grouped = new StringBuilder(number);
    for (int at = (point < 0 ? number.length() : point) - 3; at > first; at -= 3) {
      grouped.insert(at, ',');
    }
    return grouped.toString();
  }

  /// Three digits and a unit: `1.39 B`, `92.1 M`, `47.2 k`; up to 9,999 all digits.
  public static String brief(long number) {
    if (Math.abs(number) < BRIEF) {
      return count(number);
    }
    double value = number / 1e3;
    int unit = 0;
    while (Math.abs(value) >= 999.5 && unit < UNITS.length() - 1) {
      value /= 1e3;
      unit++;
    }
    return digits(value) + "\u00a0" + UNITS.charAt(unit);
  }

  private static String digits(double value) {
    double size = Math.abs(value);
    String form = size >= 99.95 ? "%.0f" : size >= 9.995 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, form, value);
  }

  /// `7.5 %`, `41 %`, `<0.1 %`.
  public static String percent(double share) {
    double percent = 100 * share;
    if (percent > 0 && percent < 0.1) {
      return "<0.1\u00a0%";
    }
    return String.format(Locale.ROOT, percent < 9.95 && percent > 0 ? "%.1f" : "%.0f", percent)
        + "\u00a0%";
  }

  /// `+$533.67`, `−$240.10`.
  public String signed(Usd amount) {
    return amount.nanos() < 0 ? MINUS + money(new Usd(-amount.nanos())) : "+" + money(amount);
  }

  /// At an axis, in the currency: `$2.5k`.
  public String axis(BigDecimal amount) {
    double value = amount.doubleValue();
    String digits =
        value >= 1_000
            ? plain(value / 1_000) + "k"
            : value >= 1 || value == 0 ? plain(value) : plain(amount.round(new MathContext(2)));
    String sign = SIGNS.get(currency);
    return sign == null ? digits + " " + currency : sign + digits;
  }

  private static String plain(double value) {
    return plain(BigDecimal.valueOf(value).round(new MathContext(3)));
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /// `20 Nov 2026`, `1–27 Oct 2026`, `30 Sep 2026 – 6 Oct 2026`; where it does not end with a day
  /// `1–27 Oct 2026, to 14:12`.
  public String days(Instant from, Instant to) {
    ZonedDateTime begin = from.atZone(zone);
    ZonedDateTime end = to.isAfter(from) ? to.atZone(zone) : begin;
    LocalDate first = begin.toLocalDate();
    LocalDate last = to.isAfter(from) ? end.minusNanos(1).toLocalDate() : first;
    String since = begin.toLocalTime().equals(MIDNIGHT) ? "" : ", " + TIME.format(begin);
    String until = end.toLocalTime().equals(MIDNIGHT) ? "" : " to " + TIME.format(end);
    return days(first, last) + since + (since.isEmpty() && !until.isEmpty() ? "," : "") + until;
  }

  /// `20 Nov 2026`, `1–27 Oct 2026`, `30 Sep 2026 – 6 Oct 2026`.
  public static String days(LocalDate first, LocalDate last) {
    if (first.equals(last)) {
      return DAY.format(first);
    }
    return YearMonth.from(first).equals(YearMonth.from(last))
        ? first.getDayOfMonth() + "–" + DAY.format(last)
        : DAY.format(first) + " – " + DAY.format(last);
  }

  /// `+12.5 %` against what was before; empty where there was nothing to compare with.
  public static String change(long now, long before) {
    return before == 0 ? "" : change(100.0 * (now - before) / before);
  }

  private static String change(double percent) {
    return Math.abs(percent) >= 1000
        ? String.format(Locale.ROOT, "%.0f ×", percent / 100 + 1)
        : String.format(Locale.ROOT, Math.abs(percent) < 9.95 ? "%+.1f %%" : "%+.0f %%", percent);
  }

  /// `2026-11-21 09:41`.
  public String time(@Nullable Instant at) {
    return at == null ? "never" : MINUTE.format(at.atZone(zone));
  }

  /// `21 Nov 09:41:07`.
  String second(Instant at) {
    return SECOND.format(at.atZone(zone));
  }

  /// With other clocks.
  public Figures at(ZoneId other) {
    return new Figures(other, currency, rate, rateDate);
  }

  public String day(Instant at) {
    return at.atZone(zone).toLocalDate().toString();
  }

  /// `3 min ago`.
  public static String ago(@Nullable Instant at, Instant now) {
    if (at == null) {
      return "never";
    }
    Duration age = Duration.between(at, now);
    if (age.toMinutes() < 1) {
      return "just now";
    }
    return span(age) + " ago";
  }

  /// `45 min`, `5 h 12 min`, `3 d 4 h`.
  public static String span(Duration length) {
    if (length.toMinutes() < 60) {
      return length.toMinutes() + " min";
    }
    return length.toHours() < 48
        ? length.toHours() + " h " + length.toMinutesPart() + " min"
        : length.toDays() + " d " + length.toHoursPart() + " h";
  }
}

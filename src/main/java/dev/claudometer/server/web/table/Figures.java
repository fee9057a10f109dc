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
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes amounts and times as the settings want them: in their zone and their currency.
///
/// @param currency such as EUR
/// @param rate what one dollar costs in it
public record Figures(ZoneId zone, String currency, BigDecimal rate, String rateDate) {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final BigDecimal CENT = new BigDecimal("0.01");
  private static final Map<String, String> SIGNS = Map.of("USD", "$", "EUR", "€", "GBP", "£");

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

  /// `$1,234.50`, and `$0.0042` where two places would say too little.
  public String money(@Nullable Usd amount) {
    if (amount == null) {
      return "unknown";
    }
    BigDecimal value = amount(amount);
    boolean small = value.signum() != 0 && value.abs().compareTo(CENT) < 0;
    String digits =
        small
            ? value.round(new MathContext(2)).toPlainString()
            : String.format(Locale.ROOT, "%,.2f", value.setScale(2, RoundingMode.HALF_EVEN));
    String sign = SIGNS.get(currency);
    if (sign == null) {
      return digits + " " + currency;
    }
    return digits.startsWith("-") ? "-" + sign + digits.substring(1) : sign + digits;
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
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// `+12.5 %` against what was before; empty where there was nothing to compare with.
  public static String change(long now, long before) {
    return before == 0
        ? ""
        : String.format(Locale.ROOT, "%+.1f %%", 100.0 * (now - before) / before);
  }

  /// `2026-11-21 09:41`.
  public String time(@Nullable Instant at) {
    return at == null ? "never" : MINUTE.format(at.atZone(zone));
  }

  /// `11-21 09:41:07`.
  String second(Instant at) {
    return SECOND.format(at.atZone(zone));
  }

  /// `2026-11-20`, `2026-10-03 to 2026-10-31`, or `2026-11-20 00:00 to 09:38`.
  public String stretch(Instant from, Instant to) {
    ZonedDateTime first = from.atZone(zone);
    ZonedDateTime end = to.atZone(zone);
    LocalDate day = first.toLocalDate();
    LocalDate last = end.minusNanos(1).toLocalDate();
    if (first.toLocalTime().equals(MIDNIGHT) && end.toLocalTime().equals(MIDNIGHT)) {
      return day.equals(last) ? day.toString() : day + " to " + last;
    }
    return MINUTE.format(first)
        + " to "
        + (day.equals(end.toLocalDate()) ? TIME : MINUTE).format(end);
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

package dev.claudometer.cli.text;

import dev.claudometer.model.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How tables look: width, colour, and how numbers and dates are written.
///
/// @param columns width of the terminal, 0 where there is none: then nothing is left out
/// @param locale null for `1,234.56` and ISO dates
/// @param costs whether costs are shown
public record Style(
    int columns, boolean compact, boolean colored, @Nullable Locale locale, boolean costs) {

  private static final int NARROW = 100;

  public Style(int columns, boolean compact, boolean colored, @Nullable Locale locale) {
    this(columns, compact, colored, locale, true);
  }

  public boolean narrow() {
    return compact || (columns > 0 && columns < NARROW);
  }

  public String number(long number) {
    return locale == null
        ? PlainNumbers.grouped(number)
        : NumberFormat.getIntegerInstance(locale).format(number);
  }

  /// `1 response`, `2 responses`.
  public String count(long number, String one, String several) {
    return number(number) + " " + (number == 1 ? one : several);
  }

  public String number(double number) {
    return number(Math.round(number));
  }

  /// Dollars to the cent; to four places below a cent, so that little is not nothing.
  public String dollars(Usd amount) {
    return locale == null ? PlainNumbers.dollars(amount) : dollars(amount.dollars());
  }

  public String dollars(BigDecimal amount) {
    return "$" + amount(amount, 2);
  }

  /// The same in any currency, without its name.
  ///
  /// @param decimals digits after the point that it has
  public String amount(BigDecimal amount, int decimals) {
    boolean tiny =
        amount.signum() != 0 && amount.abs().compareTo(BigDecimal.ONE.movePointLeft(decimals)) < 0;
    NumberFormat format = NumberFormat.getNumberInstance(localeOrDefault());
    int places = tiny ? decimals + 2 : decimals;
    format.setMinimumFractionDigits(places);
    format.setMaximumFractionDigits(places);
    return format.format(amount.setScale(places, RoundingMode.HALF_EVEN));
  }

  public String date(LocalDate day) {
    return locale == null
        ? day.toString()
        : DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale).format(day);
  }

  public String minute(Instant at, ZoneId zone) {
    LocalDateTime local = LocalDateTime.ofInstant(at, zone);
    return locale == null
        ? PlainNumbers.minute(local)
        : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
            .withLocale(locale)
            .format(local);
  }

  public String bold(String text) {
    return colored ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  public String dim(String text) {
    return colored ? "\u001b[2m" + text + "\u001b[0m" : text;
  }

  public String warn(String text) {
    return colored ? "\u001b[33m" + text + "\u001b[0m" : text;
  }

  private Locale localeOrDefault() {
    return locale == null ? Locale.ENGLISH : locale;
  }
}

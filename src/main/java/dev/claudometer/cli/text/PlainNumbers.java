package dev.claudometer.cli.text;

import dev.claudometer.model.Usd;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Numbers and times as tables show them where no locale is asked for, digit by digit: a row has
/// several, and a formatter is slow until it is compiled.
final class PlainNumbers {

  private static final long NANOS_A_CENT = 10_000_000;

  private PlainNumbers() {}

  /// `-1,234,567`.
  static String grouped(long number) {
    return number > -1000 && number < 1000
        ? Long.toString(number)
        : group(new StringBuilder(26), Long.toString(number)).toString();
  }

  private static StringBuilder group(StringBuilder text, String digits) {
    int sign = digits.charAt(0) == '-' ? 1 : 0;
    int begin = Math.min(digits.length(), sign + (digits.length() - sign - 1) % 3 + 1);
    text.append(digits, 0, begin);
    for (int i = begin; i < digits.length(); i += 3) {
      text.append(',').append(digits, i, i + 3);
    }
    return text;
  }

  /// `$1,234.56`: dollars to the cent, half to even; to four places below a cent, `$0.0012`.
  static String dollars(Usd amount) {
    long nanos = amount.nanos();
    boolean tiny = nanos != 0 && nanos > -NANOS_A_CENT && nanos < NANOS_A_CENT;
    int perDollar = tiny ? 10_000 : 100;
    long rounded = rounded(nanos, 1_000_000_000 / perDollar);
    var text = new StringBuilder(26).append(rounded < 0 ? "$-" : "$");
    group(text, Long.toString(Math.abs(rounded / perDollar))).append('.');
    long places = Math.abs(rounded % perDollar);
    for (int digit = perDollar / 10; digit > 0; digit /= 10) {
      text.append((char) ('0' + places / digit % 10));
    }
    return text.toString();
  }

  /// How many units, half to even.
  private static long rounded(long nanos, long unit) {
    long whole = nanos / unit;
    long twice = 2 * Math.abs(nanos % unit);
    boolean up = twice > unit || (twice == unit && whole % 2 != 0);
    return up ? whole + Long.signum(nanos) : whole;
  }

  /// `2026-11-30 17:05`.
  static String minute(LocalDateTime at) {
    int year = at.getYear();
    if (year < 1000 || year > 9999) {
      return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).format(at);
    }
    var text = new StringBuilder("2026-11-30 17:05".length()).append(year);
    two(text.append('-'), at.getMonthValue());
    two(text.append('-'), at.getDayOfMonth());
    two(text.append(' '), at.getHour());
    two(text.append(':'), at.getMinute());
    return text.toString();
  }

  private static void two(StringBuilder text, int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}

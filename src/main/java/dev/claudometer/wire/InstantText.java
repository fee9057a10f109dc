package dev.claudometer.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/// Instants as they stand in JSON: `2026-11-20T12:00:00Z`, mostly with three digits more. The JDK's
/// own way to read them takes a fifth of the time that a delivery's reading takes, and more of its
/// memory.
final class InstantText {

  private static final String FORM = "0000-00-00T00:00:00";
  private static final int MOST_DIGITS = 9;

  private InstantText() {}

  /// @throws DateTimeException where it is none
  static Instant of(String text) {
    int digits = text.length() - FORM.length() - 2;
    boolean whole = text.length() == FORM.length() + 1;
    boolean usual =
        fits(text)
            && text.charAt(text.length() - 1) == 'Z'
            && (whole || (text.charAt(FORM.length()) == '.' && numeric(text, digits)));
    return usual ? read(text, whole ? 0 : digits) : Instant.parse(text);
  }

  private static boolean fits(String text) {
    if (text.length() <= FORM.length() || text.length() > FORM.length() + 2 + MOST_DIGITS) {
      return false;
    }
    for (int i = 0; i < FORM.length(); i++) {
      char form = FORM.charAt(i);
      char c = text.charAt(i);
      if (form == '0' ? c < '0' || c > '9' : c != form) {
        return false;
      }
    }
    return true;
  }

  private static boolean numeric(String text, int digits) {
    for (int i = 0; i < digits; i++) {
      char c = text.charAt(FORM.length() + 1 + i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return digits > 0;
  }

  private static Instant read(String text, int digits) {
    int hour = number(text, 11, 2);
    int minute = number(text, 14, 2);
    int second = number(text, 17, 2);
    if (hour > 23 || minute > 59 || second > 59) {
      return Instant.parse(text);
    }
    long day =
        LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2)).toEpochDay();
    int nanos = number(text, FORM.length() + 1, digits);
    for (int i = digits; i < MOST_DIGITS; i++) {
      nanos *= 10;
    }
    return Instant.ofEpochSecond(day * 86_400 + (hour * 60L + minute) * 60 + second, nanos);
  }

  private static int number(String text, int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      value = value * 10 + (text.charAt(i) - '0');
    }
    return value;
  }
}

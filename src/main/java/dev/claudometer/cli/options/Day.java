package dev.claudometer.cli.options;

import dev.claudometer.app.process.WrongUsage;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads days as people type them.
public final class Day {

  private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,3})([dwm])");

  private Day() {}

  /// `2026-11-21`, `20261121`, `today`, `yesterday`; or `7d`, `4w`, `3m`: the first of the last
  /// seven days, four weeks, three months that end today.
  ///
  /// @param option that it was given for
  public static LocalDate of(String option, String text, LocalDate today) {
    String word = text.toLowerCase(Locale.ROOT);
    if (word.equals("today")) {
      return today;
    }
    if (word.equals("yesterday")) {
      return today.minusDays(1);
    }
    Matcher span = SPAN.matcher(word);
    if (span.matches()) {
      return first(Integer.parseInt(span.group(1)), span.group(2), today);
    }
    try {
      if (text.matches("\\d{8}")) {
        return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
      }
      if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
        return LocalDate.parse(text);
      }
    } catch (DateTimeException noSuchDay) {
      // said below
    }
    throw new WrongUsage(
        "'"
            + text
            + "' is not a date: "
            + option
            + " takes YYYY-MM-DD or YYYYMMDD, such as 2026-11-21, or today, yesterday, 7d");
  }

  private static LocalDate first(int count, String unit, LocalDate today) {
    LocalDate tomorrow = today.plusDays(1);
    return switch (unit) {
      case "d" -> tomorrow.minusDays(count);
      case "w" -> tomorrow.minusWeeks(count);
      default -> tomorrow.minusMonths(count);
    };
  }
}

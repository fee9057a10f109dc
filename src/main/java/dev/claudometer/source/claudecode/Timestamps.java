package dev.claudometer.source.claudecode;

import dev.claudometer.source.claudecode.scan.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// Reads ISO-8601 instants; the usual form `2026-11-19T01:05:25.084Z` without building a string.
final class Timestamps {

  private static final int USUAL_LENGTH = 24;
  private static final String USUAL_FORM = "0000-00-00T00:00:00.000Z";

  private int day = -1;
  private long dayMillis;

  /// The current text of `json` as an instant in milliseconds; null where it is none.
  @Nullable Instant read(Json json) {
    if (json.textTo - json.textFrom == USUAL_LENGTH && usual(json.bytes, json.textFrom)) {
      return fast(json.bytes, json.textFrom);
    }
    return json.textTo - json.textFrom <= 40 ? slow(json.text()) : null;
  }

  private static boolean usual(byte[] b, int from) {
    for (int i = 0; i < USUAL_LENGTH; i++) {
      char form = USUAL_FORM.charAt(i);
      byte c = b[from + i];
      if (form == '0' ? c < '0' || c > '9' : c != form) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Instant fast(byte[] b, int i) {
    int hour = number(b, i + 11, 2);
    int minute = number(b, i + 14, 2);
    int second = number(b, i + 17, 2);
    if (hour > 23 || minute > 59 || second > 59) {
      return null;
    }
    int date = number(b, i, 4) * 10_000 + number(b, i + 5, 2) * 100 + number(b, i + 8, 2);
    if (date != day) {
      try {
        dayMillis =
            LocalDate.of(date / 10_000, date / 100 % 100, date % 100).toEpochDay() * 86_400_000L;
      } catch (DateTimeException noSuchDay) {
        return null;
      }
      day = date;
    }
    return Instant.ofEpochMilli(
        dayMillis + ((hour * 60L + minute) * 60 + second) * 1000 + number(b, i + 20, 3));
  }

  private static int number(byte[] b, int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      value = value * 10 + (b[i] - '0');
    }
    return value;
  }

  private static @Nullable Instant slow(String text) {
    try {
      return Instant.ofEpochMilli(OffsetDateTime.parse(text).toInstant().toEpochMilli());
    } catch (DateTimeException notAnInstant) {
      return null;
    }
  }
}

package dev.claudometer.store.sql.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The columns of the event table: their order here is that of parameters and of rows.
enum EventColumn {
  REVISION,
  MESSAGE,
  REQUEST,
  PART,
  MESSAGE_ID,
  REQUEST_ID,
  AT,
  AT_OUTPUT,
  MODEL,
  INPUT,
  OUTPUT,
  CACHE_WRITE_5M,
  CACHE_WRITE_1H,
  CACHE_READ,
  ROUNDS,
  WEB_SEARCHES,
  WEB_FETCHES,
  TERMS,
  STOP_REASON,
  REPORTED,
  BOOKED,
  TODAY,
  SESSION,
  PROJECT,
  BRANCH,
  AGENT,
  DEVICE,
  SIDECHAIN,
  FORKED,
  ATTRIBUTED_AT,
  ATTRIBUTED_FILE,
  ATTRIBUTED_BYTE,
  PROGRESS,
  FILE,
  FILE_BYTE,
  TOOLS,
  COUNTED;

  private static final List<EventColumn> KEY = List.of(MESSAGE, REQUEST, PART);

  /// Its place among parameters, and in a row.
  @SuppressWarnings("EnumOrdinal") // places are what this list is for
  int at() {
    return ordinal() + 1;
  }

  static String names() {
    return Arrays.stream(values()).map(EventColumn::toString).collect(Collectors.joining(", "));
  }

  static String select() {
    return "SELECT " + names() + " FROM event ";
  }

  /// Writes a row, new or in the place of the one with its key.
  static String put() {
    return "INSERT INTO event ("
        + names()
        + ") VALUES (?"
        + ", ?".repeat(values().length - 1)
        + ") ON CONFLICT ("
        + KEY.stream().map(EventColumn::toString).collect(Collectors.joining(", "))
        + ") DO UPDATE SET "
        + Arrays.stream(values())
            .filter(column -> !KEY.contains(column))
            .map(column -> column + " = excluded." + column)
            .collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

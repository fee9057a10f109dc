package dev.claudometer.store.sql.event;

import dev.claudometer.usage.Quantity;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The columns of the event table besides its quantities, which follow them: this is the order of
/// parameters and of rows.
enum EventColumn {
  REVISION,
  MESSAGE,
  REQUEST,
  PART,
  MESSAGE_ID,
  REQUEST_ID,
  AT,
  MORE_OUTPUT,
  MODEL,
  SPELLED,
  ROUNDS,
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
  ATTRIBUTED_AFTER,
  ATTRIBUTED_FILE,
  ATTRIBUTED_BEYOND,
  WORK,
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

  /// The place of a quantity that events hold.
  static int at(Quantity quantity) {
    return values().length + 1 + Quantity.OF_EVENTS.indexOf(quantity);
  }

  private static List<String> names() {
    return Stream.concat(
            Arrays.stream(values()).map(EventColumn::toString),
            Quantity.OF_EVENTS.stream().map(Quantity::column))
        .toList();
  }

  static String select(String table) {
    return "SELECT " + String.join(", ", names()) + " FROM " + table + " ";
  }

  /// Writes a row, new or in the place of the one with its key.
  ///
  /// @param more what is of the key besides
  static String put(String table, EventColumn... more) {
    List<String> key =
        Stream.concat(KEY.stream(), Arrays.stream(more)).map(EventColumn::toString).toList();
    return "INSERT INTO "
        + table
        + " ("
        + String.join(", ", names())
        + ") VALUES ("
        + String.join(", ", Collections.nCopies(names().size(), "?"))
        + ") ON CONFLICT ("
        + String.join(", ", key)
        + ") DO UPDATE SET "
        + names().stream()
            .filter(column -> !key.contains(column))
            .map(column -> column + " = excluded." + column)
            .collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

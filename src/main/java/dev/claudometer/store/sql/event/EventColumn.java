package dev.claudometer.store.sql.event;

import dev.claudometer.usage.Quantity;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The columns of events besides their quantities: those of a row, behind which the quantities
/// follow, then those that it shares with others of its [Context]. This is the order of parameters
/// and of what is read.
enum EventColumn {
  REVISION,
  MESSAGE,
  REQUEST,
  PART,
  MESSAGE_ID,
  REQUEST_ID,
  AT,
  MORE_OUTPUT,
  ROUNDS,
  STOP_REASON,
  REPORTED,
  BOOKED,
  TODAY,
  ATTRIBUTED_AFTER,
  ATTRIBUTED_BEYOND,
  FILE_BYTE,
  TOOLS,
  COUNTED,
  SESSION,
  PROJECT,
  BRANCH,
  AGENT,
  DEVICE,
  SIDECHAIN,
  FORKED,
  WORK,
  MODEL,
  SPELLED,
  TERMS,
  PROGRESS,
  FILE,
  ATTRIBUTED_FILE;

  /// The first of those that are shared.
  private static final EventColumn SHARED = SESSION;

  private static final List<EventColumn> KEY = List.of(MESSAGE, REQUEST, PART);

  /// What [#at] answers, made once: it is asked twenty times for each row.
  private static final int[] PARAMETERS =
      Arrays.stream(values()).mapToInt(EventColumn::parameter).toArray();

  /// Its place among parameters, and in what is read.
  int at() {
    return PARAMETERS[place()];
  }

  private int parameter() {
    return compareTo(SHARED) < 0 ? place() + 1 : context() + among();
  }

  /// The place of a quantity that events hold.
  static int at(Quantity quantity) {
    return SHARED.place() + 1 + Quantity.OF_EVENTS.indexOf(quantity);
  }

  /// Its place among those that are shared, from 0 on.
  int among() {
    return place() - SHARED.place();
  }

  @SuppressWarnings("EnumOrdinal") // places are what this list is for
  private int place() {
    return ordinal();
  }

  /// The place of a row's context, where its own columns end.
  static int context() {
    return SHARED.place() + Quantity.OF_EVENTS.size() + 1;
  }

  private static List<String> ofRow() {
    return Stream.concat(
            Arrays.stream(values())
                .filter(column -> column.compareTo(SHARED) < 0)
                .map(EventColumn::toString),
            Quantity.OF_EVENTS.stream().map(Quantity::column))
        .toList();
  }

  /// Those that responses share.
  static List<String> shared() {
    return EnumSet.range(SHARED, ATTRIBUTED_FILE).stream().map(EventColumn::toString).toList();
  }

  private static List<String> all() {
    return Stream.concat(ofRow().stream(), shared().stream()).toList();
  }

  /// Of the view, or of a table that holds the same.
  static String select(String from) {
    return "SELECT " + String.join(", ", all()) + " FROM " + from + " ";
  }

  /// Writes an event, new or in the place of the one with its key.
  static String putRow() {
    return put(
        "event_row", Stream.concat(ofRow().stream(), Stream.of("context")).toList(), List.of());
  }

  /// Writes what a machine tells of an event.
  static String putCopy() {
    return put("event_copy", all(), List.of(DEVICE));
  }

  /// @param more what is of the key besides
  private static String put(String table, List<String> columns, List<EventColumn> more) {
    List<String> key =
        Stream.concat(KEY.stream(), more.stream()).map(EventColumn::toString).toList();
    return "INSERT INTO "
        + table
        + " ("
        + String.join(", ", columns)
        + ") VALUES ("
        + String.join(", ", Collections.nCopies(columns.size(), "?"))
        + ") ON CONFLICT ("
        + String.join(", ", key)
        + ") DO UPDATE SET "
        + columns.stream()
            .filter(column -> !key.contains(column))
            .map(column -> column + " = excluded." + column)
            .collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

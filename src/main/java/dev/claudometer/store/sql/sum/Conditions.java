package dev.claudometer.store.sql.sum;

import dev.claudometer.store.Dimension;
import dev.claudometer.store.Source;
import dev.claudometer.store.Where;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.event.EventTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a question is about, as conditions on the columns of whatever table answers it.
///
/// @param text such as ` AND device IN (?, ?)`, empty where anything fits
/// @param values the numbers of the names, one for each mark
record Conditions(String text, List<Long> values) {

  Conditions {
    values = List.copyOf(values);
  }

  static Conditions of(Where where, NameTable names) {
    var text = new StringBuilder();
    List<Long> values = new ArrayList<>();
    where
        .allowed()
        .forEach(
            (dimension, allowed) -> {
              List<Long> ids = ids(allowed, names);
              text.append(" AND ").append(column(dimension)).append(" IN (");
              text.append(marks(ids)).append(")");
              values.addAll(ids);
            });
    text.append(told(where.source()));
    return new Conditions(text.toString(), values);
  }

  /// The same of these sessions only, by their numbers.
  Conditions ofSessions(List<Long> sessions) {
    List<Long> ids = padded(sessions);
    List<Long> all = new ArrayList<>(values);
    all.addAll(ids);
    return new Conditions(text + " AND session IN (" + marks(ids) + ")", all);
  }

  /// Of events: no table of sums has what this is about.
  private static String told(Source source) {
    return switch (source) {
      case ALL -> "";
      case TRANSCRIPTS -> " AND NOT (" + EventTable.ONLY_TOLD + ")";
      case TELEMETRY -> " AND " + EventTable.ONLY_TOLD;
    };
  }

  static String column(Dimension dimension) {
    return dimension.name().toLowerCase(Locale.ROOT);
  }

  private static List<Long> ids(Set<String> allowed, NameTable names) {
    return padded(allowed.stream().sorted().map(names::find).toList());
  }

  /// As many as the next power of two, the last one repeated, so that there are few different
  /// statements. No name has the number -1.
  static List<Long> padded(List<Long> some) {
    List<Long> ids = new ArrayList<>(some);
    if (ids.isEmpty()) {
      ids.add(-1L);
    }
    while (Integer.bitCount(ids.size()) > 1) {
      ids.add(ids.getLast());
    }
    return ids;
  }

  /// A mark for each of them: `?, ?`.
  static String marks(List<Long> ids) {
    return String.join(", ", Collections.nCopies(ids.size(), "?"));
  }

  /// Parameters of a statement, with those of the conditions before the last ones.
  Object[] before(Object... last) {
    List<Object> all = new ArrayList<>(values);
    all.addAll(List.of(last));
    return all.toArray();
  }

  /// Parameters of a statement, with those of the conditions after the first ones.
  Object[] after(Object... first) {
    List<Object> all = new ArrayList<>(List.of(first));
    all.addAll(values);
    return all.toArray();
  }
}

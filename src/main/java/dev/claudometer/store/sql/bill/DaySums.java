package dev.claudometer.store.sql.bill;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.store.sql.engine.NameTable;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What the lines of a report come to on one UTC day: as a whole, each by itself, by one dimension
/// each, and by the two that a reconciliation asks for together.
final class DaySums {

  /// Stands for all lines of a day.
  static final long WHOLE = 0;

  /// Stands for lines by all that they are grouped by: the member is a line's own.
  static final long EACH = -1;

  /// Stands for lines by two dimensions, see [#pair]. Of the cost report, those not below zero.
  static final long PAIR = -2;

  /// Stands for the lines of the cost report that are below zero, by the same two.
  static final long BELOW_ZERO = -3;

  static final long NOT_GROUPED = -1;

  private static final Set<BilledDimension> COST_PAIR =
      EnumSet.of(BilledDimension.MODEL, BilledDimension.COST_TYPE);

  private static final Set<BilledDimension> CLAUDE_CODE_PAIR =
      EnumSet.of(BilledDimension.MODEL, BilledDimension.CUSTOMER_TYPE);

  /// What makes a line of the cost report a line by itself.
  private static final Set<BilledDimension> LINE =
      EnumSet.of(
          BilledDimension.WORKSPACE,
          BilledDimension.MODEL,
          BilledDimension.DESCRIPTION,
          BilledDimension.COST_TYPE,
          BilledDimension.TOKEN_TYPE);

  private final BilledReport report;
  private final NameTable names;
  private final Map<Key, BilledAmounts> sums = new HashMap<>();
  private final Map<BilledGroup, BilledAmounts> charges = new HashMap<>();

  DaySums(BilledReport report, NameTable names) {
    this.report = report;
    this.names = names;
  }

  /// A sum of a day.
  ///
  /// @param dimension a name, or what stands for something else
  record Key(long dimension, long member) {}

  /// The two dimensions that sums of a report are also kept by; none for most.
  static Set<BilledDimension> pair(BilledReport report) {
    return switch (report) {
      case COST -> COST_PAIR;
      case CLAUDE_CODE_MODELS -> CLAUDE_CODE_PAIR;
      default -> Set.of();
    };
  }

  void add(long member, BilledGroup group, BilledAmounts amounts) throws SQLException {
    add(WHOLE, 0, amounts);
    add(EACH, member, amounts);
    for (BilledDimension dimension : BilledDimension.values()) {
      String value = group.value(dimension);
      add(names.id(dimension.name()), value == null ? NOT_GROUPED : names.id(value), amounts);
    }
    if (report == BilledReport.COST) {
      charges.merge(group.by(LINE), amounts, BilledAmounts::plus);
    } else if (!pair(report).isEmpty()) {
      add(PAIR, pairOf(group), amounts);
    }
  }

  private void add(long dimension, long member, BilledAmounts amounts) {
    sums.merge(new Key(dimension, member), amounts, BilledAmounts::plus);
  }

  private long pairOf(BilledGroup group) throws SQLException {
    return names.id(GroupText.of(group.by(pair(report))));
  }

  /// Of all lines that were added.
  Map<Key, BilledAmounts> sums() throws SQLException {
    for (Map.Entry<BilledGroup, BilledAmounts> charge : charges.entrySet()) {
      Long told = charge.getValue().of(Measure.COST);
      long nanos = told == null ? 0 : told;
      add(
          nanos < 0 ? BELOW_ZERO : PAIR,
          pairOf(charge.getKey()),
          new BilledAmounts(Map.of(Measure.COST, nanos)));
    }
    charges.clear();
    return sums;
  }
}

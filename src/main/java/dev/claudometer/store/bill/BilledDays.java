package dev.claudometer.store.bill;

import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledReport;
import dev.claudometer.store.TimeRange;
import java.util.List;
import java.util.Set;

/// What is kept of each UTC day of a bill, so that a year is a question about few rows.
public interface BilledDays {

  /// What the cost report bills for whole UTC days. A credit is a line by itself: workspace, model,
  /// description, cost type and token type make a line.
  List<BilledCharge> charges(TimeRange days);

  /// What a report names for a dimension in whole UTC days; an empty name where it names nothing.
  Set<String> named(BilledReport report, TimeRange days, BilledDimension dimension);
}

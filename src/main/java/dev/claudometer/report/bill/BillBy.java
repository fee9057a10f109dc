package dev.claudometer.report.bill;

import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledReport;
import java.util.Map;
import java.util.Set;

/// What a bill can be split by.
public enum BillBy {
  MODEL(BilledDimension.MODEL),
  WORKSPACE(BilledDimension.WORKSPACE),
  KEY(BilledDimension.API_KEY),
  OWNER(BilledDimension.API_KEY, BilledDimension.ACCOUNT),
  TIER(BilledDimension.SERVICE_TIER),
  CONTEXT(BilledDimension.CONTEXT_WINDOW),
  REGION(BilledDimension.INFERENCE_GEO),
  DESCRIPTION(BilledDimension.DESCRIPTION);

  /// What each report is grouped by, of what can be asked for here.
  private static final Map<BilledReport, Set<BillBy>> TOLD =
      Map.of(
          BilledReport.MESSAGES,
          Set.of(MODEL, WORKSPACE, KEY, OWNER, TIER, CONTEXT, REGION),
          BilledReport.REQUESTS,
          Set.of(MODEL, WORKSPACE, KEY),
          BilledReport.KEY_COST,
          Set.of(KEY),
          BilledReport.COST,
          Set.of(MODEL, WORKSPACE, TIER, CONTEXT, REGION, DESCRIPTION));

  private final BilledDimension first;
  private final BilledDimension last;

  BillBy(BilledDimension... dimensions) {
    first = dimensions[0];
    last = dimensions[dimensions.length - 1];
  }

  /// What names its groups.
  BilledDimension dimension() {
    return first;
  }

  Set<BilledDimension> dimensions() {
    return first == last ? Set.of(first) : Set.of(first, last);
  }

  boolean toldBy(BilledReport report) {
    return TOLD.getOrDefault(report, Set.of()).contains(this);
  }
}

package dev.claudometer.cli.org;

import dev.claudometer.cli.text.Bill;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledReport;
import java.util.Map;
import java.util.Set;

/// What a bill can be split by.
enum BillBy {
  MODEL("model", "Model", BilledDimension.MODEL),
  WORKSPACE("workspace", "Workspace", BilledDimension.WORKSPACE),
  KEY("key", "Key", BilledDimension.API_KEY),
  OWNER("owner", "Owner", BilledDimension.API_KEY, BilledDimension.ACCOUNT),
  TIER("serviceTier", "Tier", BilledDimension.SERVICE_TIER),
  CONTEXT("contextWindow", "Context", BilledDimension.CONTEXT_WINDOW),
  REGION("region", "Region", BilledDimension.INFERENCE_GEO),
  DESCRIPTION("description", "Description", BilledDimension.DESCRIPTION);

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

  private final String key;
  private final String title;
  private final BilledDimension first;
  private final BilledDimension last;

  BillBy(String key, String title, BilledDimension... dimensions) {
    this.key = key;
    this.title = title;
    first = dimensions[0];
    last = dimensions[dimensions.length - 1];
  }

  Bill.By by() {
    return new Bill.By(key, title);
  }

  Set<BilledDimension> dimensions() {
    return first == last ? Set.of(first) : Set.of(first, last);
  }

  boolean toldBy(BilledReport report) {
    return TOLD.getOrDefault(report, Set.of()).contains(this);
  }
}

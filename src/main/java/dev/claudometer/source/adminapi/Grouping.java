package dev.claudometer.source.adminapi;

import dev.claudometer.model.BilledDimension;
import java.util.List;

/// What the usage report is asked to be grouped by.
record Grouping(List<BilledDimension> dimensions) {

  static final Grouping FULL =
      new Grouping(
          List.of(
              BilledDimension.ACCOUNT,
              BilledDimension.API_KEY,
              BilledDimension.CONTEXT_WINDOW,
              BilledDimension.INFERENCE_GEO,
              BilledDimension.MODEL,
              BilledDimension.SERVICE_ACCOUNT,
              BilledDimension.SERVICE_TIER,
              BilledDimension.WORKSPACE));

  /// What it could be grouped by at first.
  static final Grouping FIRST =
      new Grouping(
          List.of(
              BilledDimension.API_KEY,
              BilledDimension.CONTEXT_WINDOW,
              BilledDimension.MODEL,
              BilledDimension.SERVICE_TIER,
              BilledDimension.WORKSPACE));
}

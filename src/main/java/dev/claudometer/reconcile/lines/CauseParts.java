package dev.claudometer.reconcile.lines;

import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.Usage;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.reconcile.DifferenceCause;
import dev.claudometer.reconcile.Holders;
import dev.claudometer.store.StoredEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which responses and lines a cause is made of.
///
/// @param plans the machines that use a plan
record CauseParts(DifferenceCause cause, Set<DeviceId> plans, Holders holders, PriceBook book) {

  /// Whether any response can be a part of it.
  boolean ofResponses() {
    return switch (cause) {
      case CODE_EXECUTION, SESSION_USAGE, WITHOUT_AGENT, PRIORITY_TIER, BATCH, CONTRACT, CREDITS ->
          false;
      default -> true;
    };
  }

  boolean has(StoredEvent stored) {
    Usage usage = stored.event().usage();
    boolean plan = plans.contains(stored.device());
    return switch (cause) {
      case UTC_MIDNIGHT, NOT_BILLED_YET, NOT_READ -> true;
      case BOOKED_BY_CLIENT -> usage.reportedCost() != null;
      case WEB_SEARCHES -> usage.webSearches() > 0 && !plan;
      case UNPRICED -> stored.booked() == null && !plan;
      case PLAN_USAGE -> plan;
      case REGION -> !usage.terms().inferenceGeo().isEmpty() && !plan;
      case NOT_COUNTED, UNKNOWN -> !plan;
      default -> false;
    };
  }

  /// Whether a line of the usage report is one of its own.
  boolean hasUse(BilledGroup use) {
    String tier = use.named(BilledDimension.SERVICE_TIER);
    String region = use.named(BilledDimension.INFERENCE_GEO);
    return switch (cause) {
      case PLAN_USAGE -> use.named(BilledDimension.CUSTOMER_TYPE).equals("subscription");
      case WITHOUT_AGENT -> !holders.usesClaudeCode(use);
      case NOT_COUNTED -> holders.usesClaudeCode(use);
      case PRIORITY_TIER -> tier.startsWith("priority");
      case BATCH -> tier.equals("batch");
      case REGION -> !region.isEmpty() && !region.equals("global");
      case UNPRICED -> unpriced(use);
      case CONTRACT, UNKNOWN -> true;
      default -> false;
    };
  }

  private boolean unpriced(BilledGroup line) {
    String model = line.named(BilledDimension.MODEL);
    return !model.isEmpty() && book.row(model).isEmpty();
  }

  /// Whether a line of the cost report is.
  ///
  /// @param cost null where it is not told
  boolean hasCharge(BilledGroup charge, @Nullable Usd cost) {
    String type = charge.named(BilledDimension.COST_TYPE);
    boolean credit = cost != null && cost.nanos() < 0;
    return switch (cause) {
      case UNPRICED -> unpriced(charge);
      case NOT_BILLED_YET, CONTRACT, UNKNOWN -> true;
      case WEB_SEARCHES -> type.equals("web_search") && !credit;
      case CODE_EXECUTION -> type.equals("code_execution") && !credit;
      case SESSION_USAGE -> type.equals("session_usage") && !credit;
      case CREDITS -> credit;
      default -> false;
    };
  }
}

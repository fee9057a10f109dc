package dev.claudometer.export.bill;

import static dev.claudometer.model.BilledDimension.ACCOUNT;
import static dev.claudometer.model.BilledDimension.API_KEY;
import static dev.claudometer.model.BilledDimension.CONTEXT_WINDOW;
import static dev.claudometer.model.BilledDimension.COST_TYPE;
import static dev.claudometer.model.BilledDimension.INFERENCE_GEO;
import static dev.claudometer.model.BilledDimension.MODEL;
import static dev.claudometer.model.BilledDimension.SERVICE_TIER;
import static dev.claudometer.model.BilledDimension.WORKSPACE;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Organization;
import dev.claudometer.metric.OrganizationPeer;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.report.bill.BillNames;
import dev.claudometer.report.bill.BillNames.IdAndName;
import dev.claudometer.report.bill.BillNames.KeyName;
import dev.claudometer.report.bill.Unbilled;
import java.time.Instant;
import java.util.Set;

/// What an organisation used and was billed in all that is known.
final class BillTotals implements Collector {

  private final BillCache cache;
  private final OrganizationPeer peer;
  private final BillCounter keys;
  private final BillCounter requests;
  private final BillCounter bills;
  private final BillCounter places;
  private final BillCounter workspaceRequests;
  private final BillCounter costs;
  private final BillCounter keyCosts;
  private final BillCounter tiers;

  BillTotals(BillCache cache, OrganizationPeer peer) {
    this.cache = cache;
    this.peer = peer;
    keys = new BillCounter(cache, "keys", BilledReport.MESSAGES, API_KEY, ACCOUNT, MODEL);
    requests = new BillCounter(cache, "requests", BilledReport.REQUESTS, API_KEY, MODEL);
    bills = new BillCounter(cache, "bills", BilledReport.COST, WORKSPACE);
    places =
        new BillCounter(
            cache,
            "places",
            BilledReport.MESSAGES,
            WORKSPACE,
            MODEL,
            SERVICE_TIER,
            CONTEXT_WINDOW,
            INFERENCE_GEO);
    workspaceRequests =
        new BillCounter(cache, "workspace requests", BilledReport.REQUESTS, WORKSPACE, MODEL);
    costs = new BillCounter(cache, "costs", BilledReport.COST, WORKSPACE, MODEL, COST_TYPE);
    keyCosts = new BillCounter(cache, "key costs", BilledReport.KEY_COST, API_KEY, MODEL);
    tiers = new BillCounter(cache, "tiers", BilledReport.MESSAGES, WORKSPACE, MODEL, SERVICE_TIER);
  }

  /// The counters that have a gauge of today beside them.
  BillCounter keys() {
    return keys;
  }

  BillCounter requests() {
    return requests;
  }

  BillCounter bills() {
    return bills;
  }

  @Override
  public String source() {
    return "bill";
  }

  /// Runs before the others that use the cache.
  @Override
  public void collect(Gathering into, Instant now) {
    cache.refresh(now);
    BillNames names = cache.names();
    keys.told().forEach((group, sum) -> tokens(into, peer.tokensTotal(), names, group, sum));
    requests
        .told()
        .forEach((group, sum) -> requests(into, peer.requestsTotal(), names, group, sum));
    bills
        .told()
        .forEach(
            (group, sum) ->
                peer.costTotal().forEach(family -> cost(into, family, names, group, sum)));
    places.told().forEach((group, sum) -> place(into, names.workspace(group), group, sum));
    workspaceRequests.told().forEach((group, sum) -> workspace(into, names, group, sum));
    costs.told().forEach((group, sum) -> cost(into, names.workspace(group), group, sum));
    keyCosts.told().forEach((group, sum) -> cost(into, names.key(group), group, sum));
    Set<BilledGroup> bills = cache.totals(BilledReport.COST).keySet();
    Set<BilledGroup> unbilled = Unbilled.among(tiers.told().keySet(), bills, tiers.by());
    tiers
        .told()
        .forEach(
            (group, sum) -> {
              if (unbilled.contains(group)) {
                unbilled(into, names.workspace(group), group, sum);
              }
            });
  }

  private static void unbilled(
      Gathering into, IdAndName workspace, BilledGroup group, BilledAmounts amounts) {
    BilledTokens.each(
        amounts,
        (type, tokens) ->
            into.add(
                Organization.UNBILLED_TOKENS_TOTAL,
                tokens,
                type,
                group.named(MODEL),
                workspace.id(),
                workspace.name(),
                group.named(SERVICE_TIER)));
  }

  static void tokens(
      Gathering into, Family family, BillNames names, BilledGroup group, BilledAmounts amounts) {
    KeyName key = names.key(group);
    String model = group.named(MODEL);
    BilledTokens.each(
        amounts,
        (type, tokens) ->
            into.add(
                family,
                tokens,
                type,
                model,
                key.id(),
                key.name(),
                key.ownerEmail(),
                key.ownerName()));
  }

  static void requests(
      Gathering into, Family family, BillNames names, BilledGroup group, BilledAmounts amounts) {
    KeyName key = names.key(group);
    Long requests = amounts.of(Measure.REQUESTS);
    if (requests != null) {
      into.add(
          family,
          Exact.of(requests),
          group.named(MODEL),
          key.id(),
          key.name(),
          key.ownerEmail(),
          key.ownerName());
    }
  }

  static void cost(
      Gathering into, Family family, BillNames names, BilledGroup group, BilledAmounts amounts) {
    Long cost = amounts.of(Measure.COST);
    if (cost != null) {
      into.add(family, new Exact(cost, 9), names.workspace(group).id());
    }
  }

  private static void place(
      Gathering into, IdAndName workspace, BilledGroup group, BilledAmounts amounts) {
    String model = group.named(MODEL);
    BilledTokens.each(
        amounts,
        (type, tokens) ->
            into.add(
                Organization.WORKSPACE_TOKENS_TOTAL,
                tokens,
                type,
                model,
                workspace.id(),
                workspace.name(),
                group.named(SERVICE_TIER),
                group.named(CONTEXT_WINDOW),
                group.named(INFERENCE_GEO)));
    Long searches = amounts.of(Measure.WEB_SEARCHES);
    if (searches != null) {
      into.add(
          Organization.WORKSPACE_WEB_SEARCHES_TOTAL,
          Exact.of(searches),
          model,
          workspace.id(),
          workspace.name());
    }
  }

  private static void workspace(
      Gathering into, BillNames names, BilledGroup group, BilledAmounts amounts) {
    IdAndName workspace = names.workspace(group);
    Long requests = amounts.of(Measure.REQUESTS);
    if (requests != null) {
      into.add(
          Organization.WORKSPACE_REQUESTS_TOTAL,
          Exact.of(requests),
          group.named(MODEL),
          workspace.id(),
          workspace.name());
    }
  }

  private static void cost(
      Gathering into, IdAndName workspace, BilledGroup group, BilledAmounts amounts) {
    Long cost = amounts.of(Measure.COST);
    if (cost != null) {
      into.add(
          Organization.WORKSPACE_COST_USD_TOTAL,
          new Exact(cost, 9),
          group.named(MODEL),
          group.named(COST_TYPE),
          workspace.id(),
          workspace.name());
    }
  }

  private static void cost(Gathering into, KeyName key, BilledGroup group, BilledAmounts amounts) {
    Long cost = amounts.of(Measure.COST);
    if (cost != null) {
      into.add(
          Organization.KEY_COST_USD_TOTAL,
          new Exact(cost, 9),
          group.named(MODEL),
          key.id(),
          key.name(),
          key.ownerEmail(),
          key.ownerName());
    }
  }
}

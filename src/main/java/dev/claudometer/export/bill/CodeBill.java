package dev.claudometer.export.bill;

import static dev.claudometer.model.BilledDimension.ACTOR;
import static dev.claudometer.model.BilledDimension.CUSTOMER_TYPE;
import static dev.claudometer.model.BilledDimension.MODEL;
import static dev.claudometer.model.BilledDimension.TOOL;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Organization;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import java.time.Instant;

/// What people of an organisation did with Claude Code, as Anthropic counts it.
final class CodeBill implements Collector {

  private final BillCounter work;
  private final BillCounter edits;
  private final BillCounter models;

  CodeBill(BillCache cache) {
    work = new BillCounter(cache, "code", BilledReport.CLAUDE_CODE, ACTOR, CUSTOMER_TYPE);
    edits =
        new BillCounter(
            cache, "code tools", BilledReport.CLAUDE_CODE_TOOLS, ACTOR, CUSTOMER_TYPE, TOOL);
    models =
        new BillCounter(
            cache, "code models", BilledReport.CLAUDE_CODE_MODELS, ACTOR, CUSTOMER_TYPE, MODEL);
  }

  @Override
  public String source() {
    return "bill_claude_code";
  }

  @Override
  public void collect(Gathering into, Instant now) {
    work.told().forEach((group, sum) -> work(into, group, sum));
    edits.told().forEach((group, sum) -> edits(into, group, sum));
    models.told().forEach((group, sum) -> models(into, group, sum));
  }

  private static void work(Gathering into, BilledGroup group, BilledAmounts sum) {
    add(into, Organization.CODE_SESSIONS_TOTAL, sum, Measure.SESSIONS, group);
    add(into, Organization.CODE_LINES_TOTAL, sum, Measure.LINES_ADDED, group, "added");
    add(into, Organization.CODE_LINES_TOTAL, sum, Measure.LINES_REMOVED, group, "removed");
    add(into, Organization.CODE_COMMITS_TOTAL, sum, Measure.COMMITS, group);
    add(into, Organization.CODE_PULL_REQUESTS_TOTAL, sum, Measure.PULL_REQUESTS, group);
  }

  private static void edits(Gathering into, BilledGroup group, BilledAmounts sum) {
    String tool = group.named(TOOL);
    add(into, Organization.CODE_EDITS_TOTAL, sum, Measure.ACCEPTED, group, tool, "accepted");
    add(into, Organization.CODE_EDITS_TOTAL, sum, Measure.REJECTED, group, tool, "rejected");
  }

  private static void models(Gathering into, BilledGroup group, BilledAmounts sum) {
    String user = group.named(ACTOR);
    String customer = group.named(CUSTOMER_TYPE);
    String model = group.named(MODEL);
    BilledTokens.each(
        sum,
        (type, tokens) ->
            into.add(Organization.CODE_TOKENS_TOTAL, tokens, user, customer, model, type));
    Long cost = sum.of(Measure.COST);
    if (cost != null) {
      into.add(Organization.CODE_COST_USD_TOTAL, new Exact(cost, 9), user, customer, model);
    }
  }

  /// @param more labels after those of the person
  private static void add(
      Gathering into,
      Family family,
      BilledAmounts sum,
      Measure measure,
      BilledGroup group,
      String... more) {
    Long value = sum.of(measure);
    if (value != null) {
      String[] labels = new String[2 + more.length];
      labels[0] = group.named(ACTOR);
      labels[1] = group.named(CUSTOMER_TYPE);
      System.arraycopy(more, 0, labels, 2, more.length);
      into.add(family, Exact.of(value), labels);
    }
  }
}

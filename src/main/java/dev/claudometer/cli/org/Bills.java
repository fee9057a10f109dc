package dev.claudometer.cli.org;

import dev.claudometer.cli.text.BillReport;
import dev.claudometer.cli.text.BillReport.Column;
import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.Measure;
import dev.claudometer.model.Usd;
import dev.claudometer.report.bill.BillBy;
import dev.claudometer.report.bill.BillRows;
import dev.claudometer.report.bill.BillRows.UsageRow;
import dev.claudometer.report.bill.BillRows.WorkRow;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.bill.Billing;
import dev.claudometer.usage.PeriodKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an organisation used and was billed, as tables.
final class Bills {

  private static final List<Column> USAGE =
      List.of(
          new Column("inputTokens", "Input", false, false),
          new Column("outputTokens", "Output", false, false),
          new Column("cacheCreationTokens", "Cache Create", false, true),
          new Column("cacheReadTokens", "Cache Read", false, true),
          new Column("totalTokens", "Total Tokens", false, true),
          new Column("webSearchRequests", "Searches", false, true),
          new Column("requests", "Requests", false, true),
          new Column("totalCost", "Cost (USD)", true, false));

  private static final List<Column> CLAUDE_CODE =
      List.of(
          new Column("sessions", "Sessions", false, false),
          new Column("linesAdded", "Lines +", false, false),
          new Column("linesRemoved", "Lines −", false, true),
          new Column("commits", "Commits", false, true),
          new Column("pullRequests", "PRs", false, true),
          new Column("acceptedEdits", "Accepted", false, true),
          new Column("rejectedEdits", "Rejected", false, true),
          new Column("totalTokens", "Tokens", false, true),
          new Column("estimatedCost", "Est. (USD)", true, false));

  private final BillRows rows;
  private final boolean monthly;

  Bills(Billing billing, TimeRange range, boolean monthly) {
    rows = new BillRows(billing, range, monthly ? PeriodKind.MONTH : PeriodKind.DAY);
    this.monthly = monthly;
  }

  /// @param by null for no split
  BillReport usage(@Nullable BillBy by) {
    return bill(
        by == null ? null : by(by),
        USAGE,
        rows.usage(by).stream()
            .map(
                row ->
                    new BillReport.Row(
                        label(row.first()), row.group(), values(row), row.cost().whole()))
            .toList());
  }

  private static BillReport.By by(BillBy by) {
    return switch (by) {
      case MODEL -> new BillReport.By("model", "Model");
      case WORKSPACE -> new BillReport.By("workspace", "Workspace");
      case KEY -> new BillReport.By("key", "Key");
      case OWNER -> new BillReport.By("owner", "Owner");
      case TIER -> new BillReport.By("serviceTier", "Tier");
      case CONTEXT -> new BillReport.By("contextWindow", "Context");
      case REGION -> new BillReport.By("region", "Region");
      case DESCRIPTION -> new BillReport.By("description", "Description");
    };
  }

  private String label(LocalDate first) {
    return monthly ? first.toString().substring(0, "2026-11".length()) : first.toString();
  }

  private static List<@Nullable Long> values(UsageRow row) {
    BilledAmounts tokens = row.tokens();
    List<@Nullable Long> values = new ArrayList<>();
    values.add(value(tokens, Measure.INPUT));
    values.add(value(tokens, Measure.OUTPUT));
    values.add(tokens == null ? null : tokens.cacheWrite());
    values.add(value(tokens, Measure.CACHE_READ));
    values.add(tokens == null ? null : tokens.tokens().total());
    values.add(value(tokens, Measure.WEB_SEARCHES));
    values.add(value(row.requests(), Measure.REQUESTS));
    Usd cost = row.cost().known();
    values.add(cost == null ? null : cost.nanos());
    return values;
  }

  private static @Nullable Long value(@Nullable BilledAmounts amounts, Measure measure) {
    return amounts == null ? null : amounts.of(measure);
  }

  /// What people did with Claude Code, as Anthropic counts it.
  BillReport claudeCode() {
    return bill(
        new BillReport.By("person", "Person"),
        CLAUDE_CODE,
        rows.claudeCode().stream()
            .map(row -> new BillReport.Row(label(row.first()), row.person(), values(row), true))
            .toList());
  }

  private static List<@Nullable Long> values(WorkRow row) {
    List<@Nullable Long> values = new ArrayList<>();
    values.add(row.work().of(Measure.SESSIONS));
    values.add(row.work().of(Measure.LINES_ADDED));
    values.add(row.work().of(Measure.LINES_REMOVED));
    values.add(row.work().of(Measure.COMMITS));
    values.add(row.work().of(Measure.PULL_REQUESTS));
    values.add(row.edits().of(Measure.ACCEPTED));
    values.add(row.edits().of(Measure.REJECTED));
    values.add(row.models().tokens().total());
    values.add(row.models().of(Measure.COST));
    return values;
  }

  private BillReport bill(
      BillReport.@Nullable By by, List<Column> columns, List<BillReport.Row> rows) {
    return new BillReport(
        monthly ? "monthly" : "daily",
        monthly ? "month" : "date",
        monthly ? "Month" : "Date",
        by,
        columns,
        rows);
  }
}

package dev.claudometer.cli.org;

import dev.claudometer.app.config.OrganizationSettings;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.cli.options.DatabaseOption;
import dev.claudometer.cli.text.BillPrintout;
import dev.claudometer.cli.text.BillReport;
import dev.claudometer.report.bill.BillBy;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.bill.Billing;
import dev.claudometer.store.sql.bill.SqlBilling;
import dev.claudometer.store.sql.engine.Database;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `org daily` and `org monthly`: what Anthropic says an organisation used and was billed.
abstract class OrganizationCommand implements Callable<Integer> {

  private final Surroundings surroundings;
  private final boolean monthly;

  @Mixin private BillOptions options = new BillOptions();

  @Mixin private DatabaseOption database = new DatabaseOption();

  @Option(
      names = {"-b", "--by"},
      paramLabel = "WHAT",
      description =
          "Split by model, workspace, key, owner, tier, context, region or description (of what was"
              + " billed).")
  private @Nullable BillBy by;

  @Option(
      names = "--claude-code",
      description = "Instead, what people did with Claude Code: sessions, lines, commits, edits.")
  private boolean claudeCode;

  @Option(
      names = {"-O", "--offline"},
      description = "Show what is stored, without asking Anthropic.")
  private boolean offline;

  OrganizationCommand(Surroundings surroundings, boolean monthly) {
    this.surroundings = surroundings;
    this.monthly = monthly;
  }

  @Override
  public Integer call() throws InterruptedException {
    var values = new Values(surroundings);
    var settings = OrganizationSettings.of(surroundings, values);
    values.check();
    if (claudeCode && by != null) {
      throw new WrongUsage("--claude-code is by person: leave --by out");
    }
    TimeRange range = options.report().range(ZoneOffset.UTC, surroundings);
    try (Database opened = database.open(surroundings)) {
      var billing = new SqlBilling(opened);
      List<String> failures = offline ? List.of() : poll(settings, billing, range.from());
      var bills = new Bills(billing, range, monthly);
      print(claudeCode ? bills.claudeCode() : bills.usage(by));
      failures.forEach(failure -> surroundings.err().println("claudometer: " + failure));
      return failures.isEmpty() ? Exit.DONE : Exit.FAILED;
    }
  }

  private List<String> poll(OrganizationSettings settings, Billing billing, Instant since)
      throws InterruptedException {
    var latest = new LatestBill(surroundings, settings, billing);
    if (!latest.asked() && !latest.stored()) {
      throw new Failed(
          "nothing is stored, and there is no admin key to ask with: set CLAUDOMETER_ADMIN_KEY (or"
              + " APIKEY) to one (sk-ant-admin…)");
    }
    return latest.poll(since);
  }

  private void print(BillReport bill) {
    BillReport ordered = options.newestFirst() ? reversed(bill) : bill;
    options.report().output(surroundings).print(new BillPrintout(ordered));
  }

  private static BillReport reversed(BillReport bill) {
    List<BillReport.Row> rows = new ArrayList<>(bill.rows());
    return new BillReport(
        bill.name(),
        bill.labelKey(),
        bill.labelTitle(),
        bill.by(),
        bill.columns(),
        rows.reversed());
  }

  @Command(
      name = "daily",
      description = "The organisation's usage and bill by day (UTC, like the bill).",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Daily extends OrganizationCommand {

    Daily(Surroundings surroundings) {
      super(surroundings, false);
    }
  }

  @Command(
      name = "monthly",
      description = "The organisation's usage and bill by month (UTC).",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Monthly extends OrganizationCommand {

    Monthly(Surroundings surroundings) {
      super(surroundings, true);
    }
  }
}

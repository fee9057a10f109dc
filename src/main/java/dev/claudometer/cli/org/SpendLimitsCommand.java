package dev.claudometer.cli.org;

import dev.claudometer.app.config.OrganizationSettings;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.DatabaseOption;
import dev.claudometer.cli.options.FormOptions;
import dev.claudometer.cli.text.SpendingPrintout;
import dev.claudometer.report.bill.BillAnswers;
import dev.claudometer.store.sql.bill.SqlBilling;
import dev.claudometer.store.sql.engine.Database;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `org spend-limits`: what members may spend and have spent, and the limits that are configured.
@Command(
    name = "spend-limits",
    description = {
      "What members of the organisation may spend, and have spent in this period; and the limits",
      "that are configured."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SpendLimitsCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private FormOptions form = new FormOptions();

  @Mixin private DatabaseOption database = new DatabaseOption();

  @Option(
      names = {"-O", "--offline"},
      description = "Show what is stored, without asking Anthropic.")
  private boolean offline;

  SpendLimitsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    var values = new Values(surroundings);
    var settings = OrganizationSettings.of(surroundings, values);
    values.check();
    try (Database opened = database.open(surroundings)) {
      var billing = new SqlBilling(opened);
      List<String> failures =
          offline
              ? List.of()
              : new LatestBill(surroundings, settings, billing)
                  .poll(surroundings.clock().instant());
      var answers = new BillAnswers(billing);
      form.output(surroundings)
          .print(new SpendingPrintout(answers.spending(), answers.configured()));
      failures.forEach(failure -> surroundings.err().println("claudometer: " + failure));
      return failures.isEmpty() ? Exit.DONE : Exit.FAILED;
    }
  }
}

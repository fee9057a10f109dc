package dev.claudometer.cli.org;

import dev.claudometer.cli.options.FormOptions;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.options.ReportOptions.Order;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a bill can be asked: like a report, but days are UTC, as Anthropic bills them.
final class BillOptions {

  @Option(
      names = {"-s", "--since"},
      paramLabel = "DATE",
      description =
          "From this day on: a date, today, yesterday, 7d. Default: all that is stored, at first"
              + " this month and the last.")
  private @Nullable String since;

  @Option(
      names = {"-u", "--until"},
      paramLabel = "DATE",
      description = "Up to and including this day.")
  private @Nullable String until;

  @Option(
      names = {"-o", "--order"},
      paramLabel = "asc|desc",
      description = "Oldest or newest first. Default: asc.")
  private @Nullable Order order;

  @Mixin private FormOptions form = new FormOptions();

  boolean newestFirst() {
    return order == Order.DESC;
  }

  /// The same, as a report's: range and form are read from it.
  ReportOptions report() {
    var options = new ReportOptions();
    options.since = since;
    options.until = until;
    options.form = form;
    return options;
  }
}

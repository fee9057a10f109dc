package dev.claudometer.cli.text;

import dev.claudometer.report.limits.PlanFit;
import dev.claudometer.report.limits.PlanFit.OtherPlan;
import java.io.PrintStream;
import java.time.Duration;

/// Whether a plan was large enough, in sentences.
record FitText(PlanFit fit) {

  void print(PrintStream out) {
    if (fit.windows() == 0) {
      return;
    }
    String account = fit.account().isEmpty() ? "" : Printable.of(fit.account()) + ", ";
    out.println(
        account
            + Printable.of(fit.window())
            + ", the last "
            + (fit.weeks() == 1 ? "week: " : fit.weeks() + " weeks: ")
            + full(fit.full(), fit.windows())
            + (fit.full() == 0
                ? "; the most was " + LimitWhyPrintout.percent(fit.most())
                : ", for "
                    + LimitsReport.span(Duration.ofSeconds(fit.blockedSeconds()))
                    + " in all")
            + ".");
    fit.plans().stream().filter(plan -> plan.full() != null).forEach(plan -> print(plan, out));
  }

  private void print(OtherPlan plan, PrintStream out) {
    Integer full = plan.full();
    out.println(
        "  With "
            + plan.plan()
            + ": "
            + full(full == null ? 0 : full, fit.windows())
            + ". "
            + plan.known());
  }

  private static String full(int full, int windows) {
    return full + " of " + windows + (windows == 1 ? " window full" : " windows full");
  }
}

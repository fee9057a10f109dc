package dev.claudometer.cli.text;

import dev.claudometer.report.limits.ForeignPart;
import dev.claudometer.report.limits.Holding;
import dev.claudometer.report.limits.PlanFit;
import dev.claudometer.report.limits.ShareOfWindow;
import dev.claudometer.report.limits.WindowTurn;
import dev.claudometer.report.limits.WindowWhy;
import dev.claudometer.usage.window.Burn;
import dev.claudometer.usage.window.Weights;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who filled plan windows, in all forms.
///
/// @param fits whether the plan is large enough
/// @param by what tables and CSV split by; JSON has all
public record LimitWhyPrintout(
    List<WindowWhy> windows, List<PlanFit> fits, Holding by, Instant now, ZoneId zone)
    implements Printout {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);

  @Override
  public Map<String, @Nullable Object> document() {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("windows", AnswerDocument.value(windows));
    document.put("fits", AnswerDocument.value(fits));
    return document;
  }

  /// A line for each share.
  @Override
  public Sheet sheet() {
    var sheet =
        new Sheet(
            List.of(
                "account",
                "window",
                "by",
                "id",
                "name",
                "detail",
                "ours",
                "utilization",
                "basisPoints"));
    for (WindowWhy window : windows) {
      for (ShareOfWindow share : window.by(by)) {
        sheet.add(
            List.of(
                window.account(),
                window.window(),
                by.name().toLowerCase(Locale.ROOT),
                share.id(),
                share.name(),
                share.detail(),
                share.ours(),
                share.utilization(),
                share.basisPoints()));
      }
    }
    return sheet;
  }

  @Override
  public void table(PrintStream out, Style style) {
    if (windows.isEmpty()) {
      out.println("No readings of a plan's window yet.");
    }
    for (WindowWhy window : windows) {
      print(window, out, style);
      out.println();
    }
    fits.forEach(fit -> new FitText(fit).print(out));
  }

  private void print(WindowWhy window, PrintStream out, Style style) {
    out.println(style.bold(title(window)));
    for (WindowTurn turn : window.turns()) {
      out.println(turn(turn));
    }
    TextTable table =
        TextTable.withColumns(
            List.of(title(by), by == Holding.SESSION ? "Where" : "", ">Of the window", ">Share"));
    List<ShareOfWindow> shares = window.by(by);
    List<Long> tenths = ShareOfWindow.tenths(shares);
    for (int i = 0; i < shares.size(); i++) {
      ShareOfWindow share = shares.get(i);
      table.add(
          List.of(
              Printable.of(share.name()),
              Printable.of(share.detail()),
              percent(tenths.get(i) / 1e3),
              String.format(Locale.ROOT, "%.2f%%", share.basisPoints() / 1e2)));
    }
    table.print(out, style);
    for (ForeignPart part : window.foreign()) {
      out.println(
          "Not from these machines: "
              + percent(part.utilization())
              + " between "
              + when(part.from())
              + " and "
              + when(part.until()));
    }
    out.println(style.dim(basis(window.weights())));
    forecast(window, out);
  }

  private String title(WindowWhy window) {
    Instant resetsAt = window.resetsAt();
    String account = window.account().isEmpty() ? "" : Printable.of(window.account()) + ", ";
    return account
        + Printable.of(window.window())
        + ": "
        + percent(window.utilization())
        + " at "
        + when(window.at())
        + (resetsAt == null
            ? ""
            : (window.over() ? ", has reset at " : ", resets at ") + when(resetsAt));
  }

  private static String title(Holding by) {
    return switch (by) {
      case SESSION -> "Session";
      case DEVICE -> "Machine";
      case PROJECT -> "Project";
      case AGENT -> "Agent";
      case PROGRAM -> "Program";
    };
  }

  private String turn(WindowTurn turn) {
    String at = when(turn.at());
    Double factor = turn.factor();
    return switch (turn.kind()) {
      case "reset" -> "The window before had reset with " + percent(turn.before()) + " used.";
      case "early_reset" ->
          "Began again early at "
              + at
              + ": "
              + percent(turn.before())
              + " were used"
              + (turn.expected() == null
                  ? "."
                  : ", and it was to reset at " + when(turn.expected()) + ".");
      case "another_account" ->
          "Readings of another account, "
              + percent(turn.before())
              + " used at "
              + at
              + ", came between: what it used here may be counted in this window.";
      case "moved" -> "Ends earlier than was told before " + at + ": another plan.";
      default ->
          String.format(
              Locale.ROOT,
              "At %s %s became %s: the limit is %.2f times as large, by a promotion or another"
                  + " plan.",
              at,
              percent(turn.before()),
              percent(turn.after()),
              factor == null ? 1 : factor);
    };
  }

  private static String basis(@Nullable Weights weights) {
    if (weights == null) {
      return "No step of the readings has usage of these machines in it.";
    }
    boolean same = weights.written() == weights.output() && weights.output() == weights.read();
    String rate =
        same
            ? "$1 at list prices takes " + percent(weights.written())
            : "$1 at list prices takes "
                + percent(weights.written())
                + " as input and cache writes, "
                + percent(weights.output())
                + " as output, "
                + percent(weights.read())
                + " as cache reads";
    Double error = weights.error();
    return "Basis: "
        + rate
        + "; from "
        + (weights.steps() == 1 ? "1 step" : weights.steps() + " steps")
        + " of the readings"
        + (error == null ? "." : ", each within about " + percent(error) + ".");
  }

  private void forecast(WindowWhy window, PrintStream out) {
    Burn burn = window.burn();
    if (burn == null) {
      return;
    }
    Instant fullAt = burn.fullAt();
    String others =
        burn.foreign() > 0 ? ", of it " + percent(burn.foreign()) + " not from these machines" : "";
    String rate = percent(burn.ours() + burn.foreign()) + others;
    out.println(
        fullAt == null
            ? "Not full before it resets if the last hour's pace continues (" + rate + ")."
            : fullAt.isAfter(now)
                ? "Full at " + when(fullAt) + " if the last hour's pace continues (" + rate + ")."
                : "Full.");
  }

  /// `14:30`, `Mon 14:30` where that is more than half a day away.
  private String when(Instant at) {
    boolean near = Duration.between(at, now).abs().compareTo(Duration.ofHours(12)) < 0;
    return (near ? TIME : DAY).format(at.atZone(zone));
  }

  static String percent(double part) {
    return String.format(Locale.ROOT, "%.1f%%", part * 100);
  }
}

package dev.claudometer.reconcile;

import dev.claudometer.model.BilledReport;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.report.bill.BilledCost;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.quality.Told;
import dev.claudometer.store.registry.Device;
import dev.claudometer.usage.Totals;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What may be a part of a difference and cannot be put in dollars, in sentences.
record Open(Period period, KnownMachines.Names names, Reach reach) {

  /// A report is told by the hour or by the day; machines, once a day at least.
  private static final Duration SILENT = Duration.ofHours(24);

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  List<String> list(Told telemetry, Totals counted, BilledCost billed, Instant now) {
    List<String> open = new ArrayList<>();
    bill(open);
    report(open, "Usage", reach.extent(BilledReport.MESSAGES));
    report(open, "Dollars by key", reach.extent(BilledReport.KEY_COST));
    silent(open, now);
    if (telemetry.held() > 0) {
      open.add(
          "Held back: "
              + (telemetry.held() == 1 ? "1 call" : number(telemetry.held()) + " calls")
              + " that telemetry told of and a transcript may have: not counted.");
    }
    if (counted.unpriced() > 0) {
      open.add(
          "Unpriced: "
              + (counted.unpriced() == 1
                  ? "1 response that was counted is"
                  : number(counted.unpriced()) + " responses that were counted are")
              + " in no dollars.");
    }
    if (billed.unbilledTokens() > 0) {
      open.add(
          "Priority Tier: "
              + number(billed.unbilledTokens())
              + " tokens whose dollars no report tells are not in what was billed.");
    }
    return open;
  }

  private void bill(List<String> open) {
    TimeRange bill = reach.bill();
    TimeRange asked = period.billed();
    if (bill == null || !reach.overlaps(asked)) {
      open.add("Bill: nothing is known of what Anthropic billed for these days.");
    } else if (bill.from().isAfter(asked.from()) || bill.to().isBefore(asked.to())) {
      open.add("Bill: " + known(bill));
    }
  }

  /// What is known of fewer days than the bill is says so: a sum of some days is none of all.
  private void report(List<String> open, String what, @Nullable TimeRange extent) {
    TimeRange bill = reach.bill();
    if (extent == null || bill == null) {
      return;
    }
    Instant from = later(bill.from(), period.billed().from());
    Instant to = bill.to().isBefore(period.billed().to()) ? bill.to() : period.billed().to();
    if (extent.from().isAfter(from) || extent.to().plus(SILENT).isBefore(to)) {
      open.add(what + ": " + known(extent));
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private void silent(List<String> open, Instant now) {
    Instant end = period.billed().to().isBefore(now) ? period.billed().to() : now;
    for (Device device : names.devices().values()) {
      Instant seen = device.lastSeen();
      if (!device.revoked() && (seen == null || seen.plus(SILENT).isBefore(end))) {
        open.add(
            "Silent machine: "
                + device.name()
                + (seen == null
                    ? " has never reported."
                    : " has last reported at " + MINUTE.format(seen) + " UTC."));
      }
    }
  }

  private static String known(TimeRange extent) {
    return "it is known from "
        + MINUTE.format(extent.from())
        + " to "
        + MINUTE.format(extent.to())
        + " UTC.";
  }

  /// `1,001`.
  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}

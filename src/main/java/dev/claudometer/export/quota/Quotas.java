package dev.claudometer.export.quota;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Quota;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.metric.Value.Real;
import dev.claudometer.model.CreditReading;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.QuotaReadings;
import dev.claudometer.model.Usd;
import dev.claudometer.store.poll.Readings;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/// What is left of plans and accounts, and how old that word is.
///
/// @param device what a device is called, by its id
public record Quotas(Readings readings, Function<DeviceId, String> device) implements Collector {

  private static final String COPILOT = "github_copilot.";
  private static final String OPENROUTER = "openrouter";

  @Override
  public String source() {
    return "quotas";
  }

  @Override
  public void collect(Gathering into, Instant now) {
    readings.latest().forEach((id, told) -> add(into, device.apply(id), told, now));
  }

  private static void add(Gathering into, String device, QuotaReadings told, Instant now) {
    for (LimitReading reading : told.limits()) {
      window(into, device, reading, now);
      age(into, device, reading.window(), reading.origin(), Duration.between(reading.at(), now));
    }
    for (CreditReading reading : told.credits()) {
      account(into, device, reading);
      age(into, device, reading.account(), reading.origin(), Duration.between(reading.at(), now));
    }
  }

  private static void window(Gathering into, String device, LimitReading reading, Instant now) {
    boolean copilot = reading.window().startsWith(COPILOT);
    String name = copilot ? reading.window().substring(COPILOT.length()) : reading.window();
    Family used = copilot ? Quota.COPILOT_UTILIZATION : Quota.USAGE_UTILIZATION;
    Family left = copilot ? Quota.COPILOT_SECONDS_TO_RESET : Quota.USAGE_SECONDS_TO_RESET;
    Instant resetsAt = reading.resetsAt();
    if (resetsAt == null) {
      into.add(used, new Real(reading.utilization()), device, name);
    } else if (now.isBefore(resetsAt)) {
      into.add(used, new Real(reading.utilization()), device, name);
      into.add(left, Exact.of(Duration.between(now, resetsAt).toSeconds()), device, name);
    }
  }

  private static void account(Gathering into, String device, CreditReading reading) {
    if (!reading.inDollars()) {
      other(into, device, reading);
      return;
    }
    Usd limit = reading.limit();
    into.add(Quota.CREDITS_USED, dollars(reading.used().nanos()), device, reading.account());
    if (limit != null) {
      into.add(Quota.CREDITS_LIMIT, dollars(limit.nanos()), device, reading.account());
    }
    if (reading.account().equals(OPENROUTER)) {
      into.add(Quota.OPENROUTER_CREDITS_USAGE, dollars(reading.used().nanos()), device);
      if (limit != null) {
        long left = Math.subtractExact(limit.nanos(), reading.used().nanos());
        into.add(Quota.OPENROUTER_CREDITS_TOTAL, dollars(limit.nanos()), device);
        into.add(Quota.OPENROUTER_CREDITS_REMAINING, dollars(left), device);
      }
    }
  }

  private static void other(Gathering into, String device, CreditReading reading) {
    Usd limit = reading.limit();
    String account = reading.account();
    String currency = reading.currency();
    into.add(Quota.OTHER_USED, dollars(reading.used().nanos()), device, account, currency);
    if (limit != null) {
      into.add(Quota.OTHER_LIMIT, dollars(limit.nanos()), device, account, currency);
    }
  }

  private static Exact dollars(long nanos) {
    return new Exact(nanos, 9);
  }

  private static void age(
      Gathering into, String device, String reading, String origin, Duration age) {
    into.add(Quota.READING_AGE, new Exact(age.toMillis(), 3), device, reading, origin);
  }
}

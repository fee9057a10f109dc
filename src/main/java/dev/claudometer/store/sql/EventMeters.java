package dev.claudometer.store.sql;

import dev.claudometer.model.ToolUse;
import dev.claudometer.model.Usage;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Meter;
import dev.claudometer.usage.Totals;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which meters an event moves.
final class EventMeters {

  private final MeterTable meters;
  private final SessionParts sessions;
  private final Supplier<PriceBook> prices;
  private final Map<Share, Totals> shares = new HashMap<>();

  /// What sums are split by.
  private record Share(String device, String project, String model) {}

  EventMeters(MeterTable meters, SessionParts sessions, Supplier<PriceBook> prices) {
    this.meters = meters;
    this.sessions = sessions;
    this.prices = prices;
  }

  /// An event has become another: those that count move the meters.
  void replace(@Nullable EventRow before, EventRow after) {
    if (before != null && before.counted()) {
      shares.merge(share(before), Totals.ZERO.minus(before.totals()), Totals::plus);
      observe(before, -1);
    }
    if (after.counted()) {
      shares.merge(share(after), after.totals(), Totals::plus);
      observe(after, 1);
      long at = after.event().at().toEpochMilli();
      String project = after.event().attribution().project();
      meters.raise(Meter.FIRST_AT, after.device(), project, -at);
      meters.raise(Meter.LAST_AT, after.device(), project, at);
      sessions.touched(after.event().attribution().session(), after.device(), project, at);
    }
  }

  private static Share share(EventRow row) {
    return new Share(
        row.device(), row.event().attribution().project(), row.event().usage().model());
  }

  /// What no sums are kept of elsewhere.
  void observe(EventRow row, int times) {
    Usage usage = row.event().usage();
    String device = row.device();
    String model = usage.model();
    meters.observe(Meter.REQUEST_INPUT, device, "", model, usage.tokens().input(), times);
    meters.observe(Meter.REQUEST_OUTPUT, device, "", model, usage.tokens().output(), times);
    if (row.booked() != null || usage.reportedCost() != null) {
      long cost = row.totals().reportedElseCalculated().nanos();
      meters.observe(Meter.REQUEST_COST, device, "", model, cost, times);
    }
    if (row.booked() != null && usage.tokens().cacheRead() > 0) {
      long saved = prices.get().saved(usage, row.event().at()).nanos();
      meters.add(Meter.SAVED, device, "", model, saved * times);
    }
    for (ToolUse tool : row.event().tools()) {
      meters.addNamed(Meter.TOOL_CALLS, device, tool.name(), times);
    }
    if (usage.stopReason() != null) {
      meters.addNamed(Meter.STOP_REASONS, device, usage.stopReason(), times);
    }
  }

  /// Writes the collected changes.
  void flush() throws SQLException {
    shares.forEach(this::add);
    shares.clear();
    sessions.flush();
    meters.flush();
  }

  private void add(Share share, Totals totals) {
    add(Meter.RESPONSES, share, totals.responses());
    add(Meter.UNPRICED, share, totals.unpriced());
    add(Meter.INPUT, share, totals.tokens().input());
    add(Meter.OUTPUT, share, totals.tokens().output());
    add(Meter.CACHE_WRITE, share, totals.tokens().cacheWrite());
    add(Meter.CACHE_READ, share, totals.tokens().cacheRead());
    add(Meter.WEB_SEARCHES, share, totals.webSearches());
    add(Meter.WEB_FETCHES, share, totals.webFetches());
    add(Meter.COST, share, totals.reportedElseCalculated().nanos());
  }

  private void add(Meter meter, Share share, long amount) {
    meters.add(meter, share.device(), share.project(), share.model(), amount);
  }

  void forget() {
    shares.clear();
    sessions.forget();
    meters.forget();
  }
}

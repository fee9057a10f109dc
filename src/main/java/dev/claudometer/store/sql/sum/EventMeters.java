package dev.claudometer.store.sql.sum;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.ToolUse;
import dev.claudometer.model.Usage;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.sql.engine.MeterTable;
import dev.claudometer.store.sql.engine.Span;
import dev.claudometer.store.sql.event.EventRow;
import dev.claudometer.store.sql.sum.Rollups.SessionKey;
import dev.claudometer.usage.Quantity;
import dev.claudometer.usage.RunningTotals;
import dev.claudometer.usage.Totals;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which meters events move. Events are many, so they are summed here before they become changes of
/// meters.
public final class EventMeters {

  private final MeterTable meters;
  private final SessionParts sessions;
  private final Map<Share, ShareSums> shares = new HashMap<>();
  private final Map<OfModel, Observed> models = new HashMap<>();

  /// What sums are split by.
  private record Share(DeviceId device, ProjectName project, String model) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Share that
          && device.equals(that.device)
          && project.equals(that.project)
          && model.equals(that.model);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * device.hashCode() + project.hashCode()) + model.hashCode();
    }
  }

  private record OfModel(DeviceId device, String model) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof OfModel that
          && device.equals(that.device)
          && model.equals(that.model);
    }

    @Override
    public int hashCode() {
      return 31 * device.hashCode() + model.hashCode();
    }
  }

  private static final class ShareSums {
    private final RunningTotals totals = new RunningTotals();
    private Span added = Span.EMPTY;
  }

  /// Distributions, and what goes with them.
  private static final class Observed {
    private final Counts input = new Counts(Meter.REQUEST_INPUT);
    private final Counts output = new Counts(Meter.REQUEST_OUTPUT);
    private final Counts cost = new Counts(Meter.REQUEST_COST);
    private final Map<String, Long> tools = new HashMap<>();
    private final Map<String, Long> stopReasons = new HashMap<>();
    private long saved;
  }

  private static final class Counts {
    private final Meter meter;
    private final long[] buckets;
    private long sum;

    private Counts(Meter meter) {
      this.meter = meter;
      buckets = new long[meter.bounds().size() + 1];
    }

    private void observe(long value, int times) {
      buckets[meter.bucket(value)] += times;
      sum += value * times;
    }
  }

  public EventMeters(MeterTable meters, SessionParts sessions) {
    this.meters = meters;
    this.sessions = sessions;
  }

  /// An event has become another: those that count move what only meters sum.
  void replace(@Nullable EventRow before, EventRow after) {
    if (before != null && before.counted()) {
      observe(before, -1);
    }
    if (after.counted()) {
      observe(after, 1);
    }
  }

  /// Sums of a session have changed.
  ///
  /// @param added from the first to the last response that is new
  void moved(SessionKey key, Totals change, Span added) {
    ShareSums sums =
        shares.computeIfAbsent(
            new Share(key.device(), key.project(), key.model()), _ -> new ShareSums());
    sums.totals.add(change);
    sums.added = sums.added.and(added);
    if (!added.isEmpty()) {
      sessions.touched(key.session(), key.device(), key.project(), added);
    }
  }

  /// What no sums are kept of elsewhere.
  public void observe(EventRow row, int times) {
    Observed observed =
        models.computeIfAbsent(new OfModel(row.device(), row.model()), _ -> new Observed());
    observed.saved += Quantity.SAVED.of(row) * times;
    if (row.event().key().isResponse()) {
      observeResponse(row, observed, times);
    }
  }

  /// Distributions are of responses: a part is no request of its own.
  private static void observeResponse(EventRow row, Observed observed, int times) {
    Usage usage = row.event().usage();
    observed.input.observe(usage.tokens().input(), times);
    observed.output.observe(usage.tokens().output(), times);
    if (row.booked() != null || usage.reportedCost() != null) {
      observed.cost.observe(Quantity.AUTOMATIC.of(row), times);
    }
    for (ToolUse tool : row.event().tools()) {
      observed.tools.merge(tool.name(), (long) times, Long::sum);
    }
    if (usage.stopReason() != null) {
      observed.stopReasons.merge(usage.stopReason(), (long) times, Long::sum);
    }
  }

  /// Writes the collected changes.
  public void flush() throws SQLException {
    shares.forEach(this::add);
    models.forEach(this::add);
    shares.clear();
    models.clear();
    sessions.flush();
    meters.flush();
  }

  private void add(Share share, ShareSums sums) {
    Totals totals = sums.totals.totals();
    for (Meter meter : Meter.OF_QUANTITIES) {
      meters.add(meter, share.device(), share.project(), share.model(), meter.of(totals));
    }
    if (!sums.added.isEmpty()) {
      meters.raise(Meter.FIRST_AT, share.device(), share.project(), -sums.added.first());
      meters.raise(Meter.LAST_AT, share.device(), share.project(), sums.added.last());
    }
  }

  private void add(OfModel of, Observed observed) {
    add(of, observed.input);
    add(of, observed.output);
    add(of, observed.cost);
    meters.add(Meter.SAVED, of.device(), ProjectName.NONE, of.model(), observed.saved);
    observed.tools.forEach(
        (tool, count) -> meters.addNamed(Meter.TOOL_CALLS, of.device(), tool, count));
    observed.stopReasons.forEach(
        (reason, count) -> meters.addNamed(Meter.STOP_REASONS, of.device(), reason, count));
  }

  private void add(OfModel of, Counts counts) {
    for (int bucket = 0; bucket < counts.buckets.length; bucket++) {
      meters.addPart(counts.meter, of.device(), of.model(), bucket, counts.buckets[bucket]);
    }
    meters.addPart(counts.meter, of.device(), of.model(), Meter.SUM_PART, counts.sum);
  }

  void removeParts(long session) throws SQLException {
    sessions.removeEmpty(session);
  }

  void observeSessionsAgain(DeviceId device) throws SQLException {
    sessions.observeAgain(device);
  }

  void restart(DeviceId device, ProjectName project, String model) throws SQLException {
    meters.restart(device, project, model);
  }

  void forget() {
    shares.clear();
    models.clear();
    sessions.forget();
    meters.forget();
  }
}

package dev.claudometer.server.otlp;

import dev.claudometer.ingest.Intake;
import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.source.telemetry.MetricSums;
import dev.claudometer.source.telemetry.Runs;
import dev.claudometer.source.telemetry.Telemetry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Stores what came, whichever way, and counts what is not kept.
public final class TelemetryIntake {

  /// Names are the client's own; nobody is let fill the memory with others.
  private static final int MOST_NAMES = 200;

  private static final String OTHERS = "(others)";

  private final Sink sink;
  private final Map<String, LongAdder> events = new ConcurrentHashMap<>();
  private final Map<DeviceId, Runs> runs = new ConcurrentHashMap<>();
  private final LongAdder unreadable = new LongAdder();

  public TelemetryIntake(Sink sink) {
    this.sink = sink;
  }

  /// Stores the calls among the events and what they prove, and returns when that is durable.
  ///
  /// @return how many events were about calls and cannot be used
  long take(DeviceId device, Telemetry telemetry) throws InterruptedException {
    Runs ofDevice = runs.computeIfAbsent(device, _ -> new Runs());
    List<Runs.Gap> gaps = ofDevice.missing(telemetry.places());
    if (!telemetry.calls().isEmpty() || !telemetry.activities().isEmpty() || !gaps.isEmpty()) {
      var intake = new Intake();
      telemetry.calls().forEach(intake);
      telemetry.activities().forEach(intake);
      gaps.forEach(gap -> intake.accept(lost(gap)));
      sink.store(device, intake);
    }
    ofDevice.stored(telemetry.places());
    telemetry.events().forEach((name, count) -> adder(name).add(count));
    unreadable.add(telemetry.unreadable());
    return telemetry.unreadable();
  }

  private static Activity lost(Runs.Gap gap) {
    return new Activity(
        ActivityKind.EVENTS_LOST,
        gap.session() + " " + gap.at() + " " + gap.first(),
        gap.at(),
        new SessionId(gap.session()),
        ProjectName.NONE,
        "",
        gap.count());
  }

  /// Stores the sums among the metrics, and returns when they are durable.
  ///
  /// @return how many points cannot be used
  long take(DeviceId device, MetricSums sums) throws InterruptedException {
    if (!sums.activities().isEmpty()) {
      var intake = new Intake();
      sums.activities().forEach(intake);
      sink.store(device, intake);
    }
    unreadable.add(sums.unreadable());
    return sums.unreadable();
  }

  private LongAdder adder(String name) {
    LongAdder known = events.get(name);
    if (known != null) {
      return known;
    }
    String counted = events.size() < MOST_NAMES && name.length() <= 100 ? name : OTHERS;
    return events.computeIfAbsent(counted, _ -> new LongAdder());
  }

  /// How many events came since the start, by name.
  public Map<String, Long> events() {
    var counts = new TreeMap<String, Long>();
    events.forEach((name, count) -> counts.put(name, count.sum()));
    return counts;
  }

  public long unreadable() {
    return unreadable.sum();
  }
}

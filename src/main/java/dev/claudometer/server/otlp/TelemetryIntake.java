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
import dev.claudometer.source.telemetry.Telemetry.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// Stores what came, whichever way, and counts what is not kept.
public final class TelemetryIntake {

  /// Names are the client's own; nobody is let fill the memory with others.
  private static final int MOST_NAMES = 200;

  private static final String OTHERS = "(others)";

  private final Sink sink;
  private final Onward onward;
  private final Stamps stamps;
  private final Map<String, LongAdder> events = new ConcurrentHashMap<>();
  private final Map<DeviceId, Runs> runs = new ConcurrentHashMap<>();
  private final LongAdder unreadable = new LongAdder();

  /// @param onward where all that was taken goes besides
  /// @param stamps who may say whose telemetry it sends
  public TelemetryIntake(Sink sink, Onward onward, Stamps stamps) {
    this.sink = sink;
    this.onward = onward;
    this.stamps = stamps;
  }

  /// Whether a sender may say whose telemetry it sends.
  boolean trusts(DeviceId sender) {
    return stamps.trusts(sender);
  }

  /// Stores several people's events.
  long takeEvents(DeviceId sender, Map<String, Telemetry> byPerson) throws InterruptedException {
    long unusable = 0;
    for (var each : byPerson.entrySet()) {
      unusable += take(device(sender, each.getKey()), each.getValue());
    }
    return unusable;
  }

  /// Stores several people's metrics.
  long takeSums(DeviceId sender, Map<String, MetricSums> byPerson) throws InterruptedException {
    long unusable = 0;
    for (var each : byPerson.entrySet()) {
      unusable += take(device(sender, each.getKey()), each.getValue());
    }
    return unusable;
  }

  private DeviceId device(DeviceId sender, String person) {
    return person.isEmpty() ? sender : stamps.device(sender, person);
  }

  /// Sends on a body that was taken, where there is somebody to send it to.
  void pass(Supplier<Onward.Sent> body) {
    if (onward != Onward.NOWHERE) {
      onward.pass(body.get());
    }
  }

  /// Stores the calls among the events and what they prove, and returns when that is durable.
  ///
  /// @return how many events were about calls and cannot be used
  long take(DeviceId device, Telemetry telemetry) throws InterruptedException {
    // what a body proves depends on what came before it, and is forgotten where it is not stored
    synchronized (runs.computeIfAbsent(device, _ -> new Runs())) {
      return takeNext(device, telemetry);
    }
  }

  private long takeNext(DeviceId device, Telemetry telemetry) throws InterruptedException {
    Runs ofDevice = Objects.requireNonNull(runs.get(device));
    List<Activity> activities = new ArrayList<>(telemetry.activities());
    activities.addAll(proved(ofDevice.proof(telemetry.places()), telemetry));
    var intake = new Intake();
    telemetry.calls().forEach(intake);
    activities.forEach(intake);
    if (telemetry.calls().size() > intake.rejected() || !activities.isEmpty()) {
      sink.store(device, intake);
    }
    long rejected = telemetry.unreadable() + intake.rejected();
    ofDevice.stored(telemetry.places());
    telemetry.events().forEach((name, count) -> adder(name).add(count));
    unreadable.add(rejected);
    return rejected;
  }

  private static List<Activity> proved(Runs.Proof proof, Telemetry telemetry) {
    List<Activity> proved = new ArrayList<>();
    for (Runs.Gap gap : proof.gaps()) {
      var first = new Place(gap.session(), gap.at(), gap.first());
      proved.add(events(ActivityKind.EVENTS_LOST, first, gap.count()));
    }
    if (proof.late() > 0) {
      Place first = telemetry.places().stream().flatMap(List::stream).findFirst().orElseThrow();
      proved.add(events(ActivityKind.EVENTS_LATE, first, proof.late()));
    }
    return proved;
  }

  private static Activity events(ActivityKind kind, Place first, long count) {
    return new Activity(
        kind,
        first.session() + " " + first.at() + " " + first.number(),
        first.at(),
        new SessionId(first.session()),
        ProjectName.NONE,
        "",
        count);
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

package dev.claudometer.store;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ApiCall;
import dev.claudometer.model.Claim;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.UsageEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is stored in one transaction: facts that one machine tells of, and how far its files have
/// then been read.
///
/// @param device id of the machine, empty for the one that the store is on
/// @param events at most one per key
/// @param calls what Claude Code's telemetry tells of responses
/// @param claim what the machine believes to be stored already, null where it does not say
public record Batch(
    DeviceId device,
    List<UsageEvent> events,
    List<Activity> activities,
    List<SessionTotal> sessionTotals,
    List<LimitReading> limits,
    List<ApiCall> calls,
    List<FileRead> readings,
    @Nullable Claim claim) {

  public Batch {
    events = List.copyOf(events);
    activities = List.copyOf(activities);
    sessionTotals = List.copyOf(sessionTotals);
    limits = List.copyOf(limits);
    calls = List.copyOf(calls);
    readings = List.copyOf(readings);
  }

  /// A batch without telemetry and without a claim.
  public Batch(
      DeviceId device,
      List<UsageEvent> events,
      List<Activity> activities,
      List<SessionTotal> sessionTotals,
      List<LimitReading> limits,
      List<FileRead> readings) {
    this(device, events, activities, sessionTotals, limits, List.of(), readings, null);
  }

  public static Batch of(DeviceId device, LimitReading limit) {
    return new Batch(device, List.of(), List.of(), List.of(), List.of(limit), List.of());
  }
}

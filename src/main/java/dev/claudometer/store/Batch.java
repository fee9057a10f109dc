package dev.claudometer.store;

import dev.claudometer.model.Activity;
import dev.claudometer.model.Reading;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.UsageEvent;
import java.util.List;

/// What is stored in one transaction: facts, and how far their files have then been read.
///
/// @param events at most one per key
public record Batch(
    List<UsageEvent> events,
    List<Activity> activities,
    List<SessionTotal> sessionTotals,
    List<Reading> readings) {

  public Batch {
    events = List.copyOf(events);
    activities = List.copyOf(activities);
    sessionTotals = List.copyOf(sessionTotals);
    readings = List.copyOf(readings);
  }
}

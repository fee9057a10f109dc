package dev.claudometer.ingest;

import dev.claudometer.model.Activity;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.Observation;
import dev.claudometer.model.Reading;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Receipt;
import dev.claudometer.store.UsageStore;
import dev.claudometer.usage.Copies;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects observations, joins copies, turns away what cannot be true, and stores the rest batch
/// by batch.
///
/// received = joined + added + replaced + unchanged + rejected, always.
public final class Gate {

  private static final int EVENTS_PER_BATCH = 8_000;

  private final UsageStore store;
  private final Map<EventKey, UsageEvent> events = new LinkedHashMap<>();
  private final List<Activity> activities = new ArrayList<>();
  private final List<SessionTotal> sessionTotals = new ArrayList<>();
  private final List<Reading> readings = new ArrayList<>();
  private Receipt receipt = Receipt.EMPTY;
  private long received;
  private long joined;
  private final List<Rejection> rejections = new ArrayList<>();

  public Gate(UsageStore store) {
    this.store = store;
  }

  /// Takes what one stretch of a file brought; its cursor is stored with or after its observations.
  public void accept(List<Observation> observations, Reading reading) {
    observations.forEach(this::accept);
    readings.add(reading);
    if (events.size() >= EVENTS_PER_BATCH) {
      flush();
    }
  }

  /// Stores what has been collected.
  public void flush() {
    if (readings.isEmpty() && events.isEmpty()) {
      return;
    }
    var batch = new Batch(List.copyOf(events.values()), activities, sessionTotals, readings);
    receipt = receipt.plus(store.append(batch));
    events.clear();
    activities.clear();
    sessionTotals.clear();
    readings.clear();
  }

  /// What became of everything received so far.
  public Admission admission() {
    return new Admission(received, joined, receipt, rejections);
  }

  private void accept(Observation observation) {
    switch (observation) {
      case UsageEvent event -> accept(event);
      case Activity activity -> activities.add(activity);
      case SessionTotal total -> sessionTotals.add(total);
    }
  }

  private void accept(UsageEvent event) {
    received++;
    String why = Plausibility.objection(event);
    if (why != null) {
      rejections.add(new Rejection(event.origin(), why));
      return;
    }
    UsageEvent known = events.get(event.key());
    if (known == null) {
      events.put(event.key(), event);
    } else {
      joined++;
      events.put(event.key(), Copies.join(known, event));
    }
  }
}

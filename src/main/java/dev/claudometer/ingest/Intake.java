package dev.claudometer.ingest;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ApiCall;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.Observation;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.usage.Copies;
import dev.claudometer.usage.Witnesses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Collects observations: joins copies, and turns away what cannot be true. Each reading thread has
/// its own.
public final class Intake implements Consumer<Observation> {

  private final Map<EventKey, UsageEvent> events = new HashMap<>();
  private final List<Activity> activities = new ArrayList<>();
  private final List<SessionTotal> sessionTotals = new ArrayList<>();
  private final List<LimitReading> limits = new ArrayList<>();
  private final List<ApiCall> calls = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private UsageEvent last = Texts.BLANK;
  private long received;
  private long joined;

  @Override
  public void accept(Observation observation) {
    switch (observation) {
      case UsageEvent event -> accept(event);
      case Activity activity -> activities.add(Texts.storable(activity));
      case SessionTotal total -> sessionTotals.add(Texts.storable(total));
      case ApiCall call -> accept(call);
      case LimitReading limit -> limits.add(Texts.storable(limit));
      case BilledBucket bucket ->
          throw new IllegalArgumentException("no machine tells of bills: " + bucket.report());
    }
  }

  private void accept(UsageEvent event) {
    String why = offer(event);
    if (why != null) {
      rejections.add(new Rejection(event.origin(), why));
    }
  }

  private void accept(ApiCall offered) {
    ApiCall call = Texts.storable(offered);
    String why = Plausibility.objection(Witnesses.alone(call, ProjectName.NONE, 0));
    if (why == null) {
      calls.add(call);
    } else {
      rejections.add(new Rejection(Witnesses.origin(call), why));
    }
  }

  /// Takes an event, or says why not.
  public @Nullable String offer(UsageEvent offered) {
    received++;
    UsageEvent event = Texts.storable(offered, last);
    last = event;
    String why = Plausibility.objection(event);
    if (why == null) {
      put(event);
    }
    return why;
  }

  private void put(UsageEvent event) {
    UsageEvent known = events.putIfAbsent(event.key(), event);
    if (known != null) {
      joined++;
      events.put(event.key(), Copies.join(known, event));
    }
  }

  /// Takes over what another has collected.
  public void merge(Intake other) {
    received += other.received;
    joined += other.joined;
    other.events.values().forEach(this::put);
    activities.addAll(other.activities);
    sessionTotals.addAll(other.sessionTotals);
    limits.addAll(other.limits);
    calls.addAll(other.calls);
    rejections.addAll(other.rejections);
  }

  /// Distinct responses.
  public int size() {
    return events.size();
  }

  long received() {
    return received;
  }

  long joined() {
    return joined;
  }

  List<UsageEvent> events() {
    return List.copyOf(events.values());
  }

  List<Activity> activities() {
    return activities;
  }

  List<SessionTotal> sessionTotals() {
    return sessionTotals;
  }

  List<LimitReading> limits() {
    return limits;
  }

  List<ApiCall> calls() {
    return calls;
  }

  /// How many were turned away.
  public int rejected() {
    return rejections.size();
  }

  List<Rejection> rejections() {
    return rejections;
  }
}

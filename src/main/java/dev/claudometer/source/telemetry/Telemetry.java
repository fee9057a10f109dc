package dev.claudometer.source.telemetry;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.ApiCall;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SumName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What one body of events tells.
///
/// @param calls in the order in which they came
/// @param events how many came, by name
/// @param unreadable calls without a model or without tokens
/// @param places where events stood in their process, of each that the body has events of: for
///   finding lost ones
/// @param activities what else is kept: transcripts that the client's own clean-up deleted, and
///   what was decided on calls of tools
public record Telemetry(
    List<ApiCall> calls,
    Map<String, Long> events,
    long unreadable,
    List<List<Place>> places,
    List<Activity> activities) {

  public Telemetry {
    calls = List.copyOf(calls);
    events = Map.copyOf(events);
    places = places.stream().map(List::copyOf).toList();
    activities = List.copyOf(activities);
  }

  /// An event among those of its process, which counts from 0.
  public record Place(String session, Instant at, long number) {}

  /// By the person that a gateway has stamped the events with.
  static Map<String, Telemetry> byPerson(List<List<ClientEvent>> body) {
    Map<String, List<List<ClientEvent>>> people = new TreeMap<>();
    for (List<ClientEvent> process : body) {
      process.stream()
          .collect(Collectors.groupingBy(ClientEvent::person))
          .forEach(
              (person, events) ->
                  people.computeIfAbsent(person, _ -> new ArrayList<>()).add(events));
    }
    Map<String, Telemetry> telemetry = new TreeMap<>();
    people.forEach((person, processes) -> telemetry.put(person, of(processes)));
    return telemetry;
  }

  /// @param body the events of each process
  static Telemetry of(List<List<ClientEvent>> body) {
    List<ApiCall> calls = new ArrayList<>();
    Map<String, Long> names = new TreeMap<>();
    long unreadable = 0;
    List<Activity> activities = new ArrayList<>();
    for (ClientEvent event : body.stream().flatMap(List::stream).toList()) {
      names.merge(event.name(), 1L, Long::sum);
      if (event.name().equals(CallReader.EVENT)) {
        ApiCall call = CallReader.of(event);
        if (call == null) {
          unreadable++;
        } else {
          calls.add(call);
        }
      }
      Long swept = event.count("transcripts_deleted");
      if (swept != null && swept > 0) {
        activities.add(activity(ActivityKind.TRANSCRIPTS_DELETED, event, "", swept));
      }
      if (event.name().equals("tool_decision")) {
        activities.add(activity(ActivityKind.TOOL_DECISION, event, decision(event), 1));
      }
    }
    List<List<Place>> places = body.stream().map(Telemetry::places).toList();
    return new Telemetry(calls, names, unreadable, places, activities);
  }

  private static List<Place> places(List<ClientEvent> events) {
    List<Place> places = new ArrayList<>();
    for (ClientEvent event : events) {
      Long number = event.count("event.sequence");
      if (number != null) {
        places.add(new Place(event.text("session.id"), event.at(), number));
      }
    }
    return places;
  }

  private static String decision(ClientEvent event) {
    return new SumName(
            Stream.of("decision", "source", "tool_name").map(event::text).toList(),
            Repository.name(event.attributes()),
            Repository.branch(event.attributes()))
        .text();
  }

  private static Activity activity(ActivityKind kind, ClientEvent event, String name, long value) {
    return new Activity(
        kind,
        CallReader.ownId(event),
        event.at(),
        new SessionId(event.text("session.id")),
        ProjectName.NONE,
        name,
        value);
  }
}

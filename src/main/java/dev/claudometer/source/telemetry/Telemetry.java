package dev.claudometer.source.telemetry;

import dev.claudometer.model.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What one body of events tells.
///
/// @param calls in the order in which they came
/// @param events how many came, by name
/// @param unreadable calls without a model or without tokens
/// @param places where each event stood in its process, for finding lost ones
/// @param transcriptsDeleted by the client's own clean-up
public record Telemetry(
    List<Call> calls,
    Map<String, Long> events,
    long unreadable,
    List<Place> places,
    long transcriptsDeleted) {

  public Telemetry {
    calls = List.copyOf(calls);
    events = Map.copyOf(events);
    places = List.copyOf(places);
  }

  /// An event among those of its process, which counts from 0.
  public record Place(String session, long number) {}

  static Telemetry of(List<ClientEvent> events) {
    List<Call> calls = new ArrayList<>();
    Map<String, Long> names = new TreeMap<>();
    List<Place> places = new ArrayList<>();
    long unreadable = 0;
    long deleted = 0;
    for (ClientEvent event : events) {
      names.merge(event.name(), 1L, Long::sum);
      Long number = event.count("event.sequence");
      if (number != null) {
        places.add(new Place(event.text("session.id"), number));
      }
      if (event.name().equals(Calls.EVENT)) {
        Call call = Calls.of(event);
        if (call == null) {
          unreadable++;
        } else {
          calls.add(call);
        }
      }
      Long swept = event.count("transcripts_deleted");
      deleted += swept == null ? 0 : swept;
    }
    return new Telemetry(calls, names, unreadable, places, deleted);
  }
}

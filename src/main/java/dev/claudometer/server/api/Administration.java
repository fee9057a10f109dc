package dev.claudometer.server.api;

import dev.claudometer.server.api.people.GuestsApi;
import dev.claudometer.server.api.people.MetricsTokenApi;
import dev.claudometer.server.http.Route;
import java.util.List;
import java.util.stream.Stream;

/// What administrators do rarely, by concern.
public record Administration(MetricsTokenApi metricsToken, GuestsApi guests, UpkeepApi upkeep) {

  List<Route> routes() {
    return Stream.of(metricsToken.routes(), guests.routes(), upkeep.routes())
        .flatMap(List::stream)
        .toList();
  }
}

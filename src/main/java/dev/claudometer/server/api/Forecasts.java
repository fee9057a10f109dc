package dev.claudometer.server.api;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.LimitStretch;
import dev.claudometer.server.api.StateApi.Limit;
import dev.claudometer.store.poll.Readings;
import dev.claudometer.usage.LimitForecast;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where windows are heading. The first ones are asked of the store one by one, for a page shows
/// fifty of thousands; who wants more, as for a file, has all of them asked at once.
final class Forecasts {

  private static final int ONE_BY_ONE = 60;

  private final Readings readings;
  private final Instant now;
  private int asked;
  private @Nullable Map<DeviceId, Map<String, List<LimitStretch>>> all;

  Forecasts(Readings readings, Instant now) {
    this.readings = readings;
    this.now = now;
  }

  /// Null where too little is known.
  @Nullable LimitForecast of(Limit limit) {
    return LimitForecast.of(
        asked++ < ONE_BY_ONE
            ? readings.running(limit.device(), limit.window())
            : all().getOrDefault(limit.device(), Map.of()).getOrDefault(limit.window(), List.of()),
        now);
  }

  private Map<DeviceId, Map<String, List<LimitStretch>>> all() {
    if (all == null) {
      all = readings.running();
    }
    return all;
  }
}

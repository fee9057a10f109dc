package dev.claudometer.server.api;

import dev.claudometer.model.CreditReading;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import dev.claudometer.model.QuotaReadings;
import dev.claudometer.model.Usd;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.RecordJson;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.FleetQueries;
import dev.claudometer.store.Slice;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.store.poll.Readings;
import dev.claudometer.usage.LimitForecast;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The state of the server: health, status, plan limits.
public final class StateApi {

  private final UsageQueries store;
  private final Readings readings;
  private final KnownMachines fleet;
  private final Supplier<Map<String, Object>> redis;
  private final LongSupplier bytes;
  private final StoreWatch watch;
  private final SealWatch sealed;
  private final String version;

  StateApi(
      UsageQueries store,
      Readings readings,
      KnownMachines fleet,
      Supplier<Map<String, Object>> redis,
      LongSupplier bytes,
      StoreWatch watch,
      SealWatch sealed,
      String version) {
    this.store = store;
    this.readings = readings;
    this.fleet = fleet;
    this.redis = redis;
    this.bytes = bytes;
    this.watch = watch;
    this.sealed = sealed;
    this.version = version;
  }

  /// A plan window.
  ///
  /// @param owner whose machine it is, empty for nobody's
  public record Limit(
      DeviceId device,
      String name,
      String owner,
      String window,
      @Nullable Double utilization,
      @Nullable Instant resetsAt,
      Instant at,
      long ageSeconds,
      String origin) {}

  /// Money that is used up; null where there is no limit.
  public record Credit(
      DeviceId device,
      String name,
      String account,
      String currency,
      @Nullable Usd limit,
      Usd used,
      @Nullable Usd remaining,
      Instant at,
      long ageSeconds,
      String origin) {}

  public record Limits(List<Limit> limits, List<Credit> credits) {}

  public record Status(
      String version,
      String java,
      long uptimeSeconds,
      long heapUsedBytes,
      long heapMaxBytes,
      long databaseBytes,
      long revision,
      Instant horizon,
      Map<String, Object> redis) {}

  List<Route> routes() {
    return List.of(
        Route.get("/healthz", Access.PUBLIC, "Whether the server answers", this::alive),
        Route.get(
            "/api/health",
            Access.PUBLIC,
            "Whether the server and its database answer, as the peer says it",
            this::health),
        Route.get(
            "/api/v1/openapi.json",
            Access.PUBLIC,
            "This description of the API",
            this::description),
        Route.get("/api/v1/status", Access.VIEWER, "State of the server", this::status),
        Route.get(
            "/api/v1/limits",
            Access.VIEWER,
            "How full plan windows are, and what is left of credits",
            this::limits));
  }

  private Object alive(Call call) {
    return Map.of("status", "ok");
  }

  private Object health(Call call) {
    Seen seen = look(call.now());
    StoreWatch.State stored = watch.state();
    boolean connected = seen.unreadable().isEmpty();
    boolean healthy = connected && stored.writable();
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("status", healthy ? "healthy" : "unhealthy");
    health.put("timestamp", call.now());
    health.put("database", connected ? "connected" : "disconnected");
    health.put("writable", healthy);
    if (!healthy) {
      health.put("error", connected ? stored.problem() : seen.unreadable());
    }
    if (stored.putBackAt() != null) {
      health.put("databasePutBackAt", stored.putBackAt());
    }
    if (seen.brokenSeals() > 0) {
      health.put("brokenSeals", seen.brokenSeals());
    }
    health.put("redis", redis.get());
    return Reply.of(healthy ? 200 : 503, health);
  }

  /// What reading the database shows.
  ///
  /// @param unreadable why it cannot be read; empty where it can
  private record Seen(String unreadable, int brokenSeals) {}

  private Seen look(Instant now) {
    try {
      store.standing();
      return new Seen("", sealed.broken(now).size());
    } catch (StoreException failure) {
      return new Seen(failure.kind().reason(), 0);
    }
  }

  private Object description(Call call) throws IOException {
    try (InputStream in =
        RecordJson.class.getResourceAsStream("/dev/claudometer/server/openapi.json")) {
      return new Reply(
          200,
          Map.of("Content-Type", "application/json"),
          Objects.requireNonNull(in).readAllBytes());
    }
  }

  public Status status(Call call) {
    Runtime runtime = Runtime.getRuntime();
    FleetQueries.Standing standing = store.standing();
    return new Status(
        version,
        Runtime.version().toString(),
        Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()).toSeconds(),
        runtime.totalMemory() - runtime.freeMemory(),
        runtime.maxMemory(),
        bytes.getAsLong(),
        standing.revision(),
        standing.horizon(),
        redis.get());
  }

  public Limits limits(Call call) {
    KnownMachines.Names names = fleet.names();
    Map<DeviceId, QuotaReadings> told = readings.latest();
    List<Credit> credits = new ArrayList<>();
    for (DeviceId device : names.devices().keySet()) {
      QuotaReadings quotas = told.get(device);
      if (quotas == null || !call.scope().holds(device)) {
        continue;
      }
      for (CreditReading reading : quotas.credits()) {
        credits.add(credit(reading, names, device, call.now()));
      }
    }
    return new Limits(windows(call, names), credits);
  }

  /// The last reading of each plan window.
  public List<Limit> windows(Call call) {
    return windows(call, fleet.names());
  }

  private List<Limit> windows(Call call, KnownMachines.Names names) {
    List<Limit> limits = new ArrayList<>();
    store
        .limits()
        .forEach(
            (device, windows) ->
                windows.stream()
                    .filter(_ -> names.devices().containsKey(device))
                    .filter(_ -> call.scope().holds(device))
                    .forEach(reading -> limits.add(limit(reading, names, device, call.now()))));
    return limits;
  }

  private static Limit limit(
      LimitReading reading, KnownMachines.Names names, DeviceId device, Instant now) {
    return new Limit(
        device,
        names.device(device),
        names.owner(device),
        reading.window(),
        reading.over(now) ? null : reading.utilization(),
        reading.resetsAt(),
        reading.at(),
        Duration.between(reading.at(), now).toSeconds(),
        reading.origin());
  }

  /// What was true of a window since an instant, by time.
  public List<LimitStretch> history(DeviceId device, String window, Instant from) {
    return readings.history(device, window, from);
  }

  /// When a window is full if it goes on as it has; null where that is not before it begins anew,
  /// or too little is known.
  public @Nullable Instant fullAt(Limit limit, Instant now) {
    LimitForecast forecast = forecast(limit, now);
    return forecast == null ? null : forecast.fullAt();
  }

  private @Nullable LimitForecast forecast(Limit limit, Instant now) {
    return LimitForecast.of(readings.running(limit.device(), limit.window()), now);
  }

  /// Where each of some windows is heading: null where too little is known.
  public Function<Limit, @Nullable LimitForecast> forecasts(Instant now) {
    return new Forecasts(readings, now)::of;
  }

  private static Credit credit(
      CreditReading reading, KnownMachines.Names names, DeviceId device, Instant now) {
    Usd limit = reading.limit();
    return new Credit(
        device,
        names.device(device),
        reading.account(),
        reading.currency(),
        limit,
        reading.used(),
        limit == null ? null : limit.minus(reading.used()),
        reading.at(),
        Duration.between(reading.at(), now).toSeconds(),
        reading.origin());
  }

  /// The models that were used.
  public List<String> models(Call call) {
    return store.sums(TimeRange.ALL, call.scope().where(), Set.of(Dimension.MODEL)).stream()
        .map(Slice::model)
        .sorted()
        .toList();
  }
}

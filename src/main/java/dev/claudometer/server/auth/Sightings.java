package dev.claudometer.server.auth;

import dev.claudometer.model.Cause;
import dev.claudometer.model.DeviceId;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.registry.Devices.Sighting;
import dev.claudometer.store.registry.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// When keys were used and machines have reported, written together every few seconds: a request
/// waits for no transaction of its own.
public final class Sightings implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.auth");
  private static final long SECONDS = 5;

  private final Registry registry;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sightings").factory());
  private Map<String, Instant> used = new HashMap<>();
  private Map<DeviceId, Sighting> seen = new HashMap<>();

  public Sightings(Registry registry) {
    this.registry = registry;
    var _ = timer.scheduleWithFixedDelay(this::flush, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  synchronized void used(String digest, Instant at) {
    used.put(digest, at);
  }

  /// When a secret was used, if that has not been written yet.
  synchronized @Nullable Instant lastUse(String digest) {
    return used.get(digest);
  }

  /// Notes that a machine has reported.
  ///
  /// @param clockAhead how far the machine's clock is ahead of ours; null where it does not say
  public synchronized void seen(
      DeviceId device, Instant at, String agent, @Nullable Duration clockAhead) {
    seen.put(device, new Sighting(at, agent, clockAhead));
  }

  /// Writes what has been collected. What fails is lost: it is a note, not an account.
  public void flush() {
    Map<String, Instant> uses;
    Map<DeviceId, Sighting> sights;
    synchronized (this) {
      uses = used;
      sights = seen;
      used = new HashMap<>();
      seen = new HashMap<>();
    }
    try {
      if (!uses.isEmpty()) {
        registry.credentials().used(uses);
      }
      if (!sights.isEmpty()) {
        registry.devices().seen(sights);
      }
    } catch (StoreException failure) {
      LOG.log(System.Logger.Level.WARNING, "not noted who was here: " + Cause.of(failure));
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    flush();
  }
}

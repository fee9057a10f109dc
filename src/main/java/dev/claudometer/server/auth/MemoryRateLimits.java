package dev.claudometer.server.auth;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counts in this process, in windows that begin with their first request.
public final class MemoryRateLimits implements RateLimits {

  /// Beyond this, the windows that began first are forgotten: a flood of addresses costs no memory.
  private static final int MOST_BUCKETS = 100_000;

  private final InstantSource clock;
  private final Map<Key, Window> windows =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Window> eldest) {
          return size() > MOST_BUCKETS;
        }
      };

  public MemoryRateLimits(InstantSource clock) {
    this.clock = clock;
  }

  private record Key(String limit, String bucket) {}

  private record Window(Instant end, long count) {}

  @Override
  public synchronized Verdict take(Limit limit, String bucket, long amount) {
    Instant now = clock.instant();
    var key = new Key(limit.name(), bucket);
    Window known = windows.get(key);
    Window window;
    if (known == null || !now.isBefore(known.end())) {
      windows.remove(key);
      window = new Window(now.plus(limit.window()), amount);
    } else {
      window = new Window(known.end(), known.count() + amount);
    }
    windows.put(key, window);
    return Verdict.of(limit, window.count(), now, window.end());
  }

  @Override
  public synchronized void clear(Limit limit, String bucket) {
    windows.remove(new Key(limit.name(), bucket));
  }
}

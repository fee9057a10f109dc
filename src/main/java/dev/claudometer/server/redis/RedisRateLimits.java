package dev.claudometer.server.redis;

import dev.claudometer.server.auth.Limit;
import dev.claudometer.server.auth.RateLimits;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Counts that all servers share; while Redis is away, each server counts by itself.
public final class RedisRateLimits implements RateLimits {

  private static final String COUNT =
      """
      local fresh = redis.call('EXISTS', KEYS[1]) == 0
      local count = redis.call('INCRBY', KEYS[1], ARGV[2])
      if fresh then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
      return {count, redis.call('PTTL', KEYS[1])}\
      """;

  private final Redis redis;
  private final RateLimits alone;
  private final InstantSource clock;

  public RedisRateLimits(Redis redis, RateLimits alone, InstantSource clock) {
    this.redis = redis;
    this.alone = alone;
    this.clock = clock;
  }

  @Override
  public Verdict take(Limit limit, String bucket, long amount) {
    List<String> keys = List.of(key(limit, bucket));
    List<String> window = List.of(Long.toString(limit.window().toMillis()), Long.toString(amount));
    Object answer = redis.ask(client -> client.eval(COUNT, keys, window));
    if (answer instanceof List<?> both
        && both.getFirst() instanceof Long count
        && both.getLast() instanceof Long millis) {
      Instant now = clock.instant();
      return Verdict.of(limit, count, now, now.plusMillis(Math.max(1, millis)));
    }
    return alone.take(limit, bucket, amount);
  }

  @Override
  public void clear(Limit limit, String bucket) {
    redis.ask(client -> client.del(key(limit, bucket)));
    alone.clear(limit, bucket);
  }

  private String key(Limit limit, String bucket) {
    return redis.key("limit:" + limit.name() + ":" + bucket);
  }
}

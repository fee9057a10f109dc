package dev.claudometer.app.server;

import dev.claudometer.app.process.Started;
import dev.claudometer.server.api.HotAnswers;
import dev.claudometer.server.auth.MemoryRateLimits;
import dev.claudometer.server.auth.RateLimits;
import dev.claudometer.server.redis.AnswerCache;
import dev.claudometer.server.redis.Redis;
import dev.claudometer.server.redis.RedisRateLimits;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What several servers share in Redis; a server alone counts for itself and keeps no answers.
///
/// @param health as the health answer says it
record ServerSharing(RateLimits limits, HotAnswers hot, Supplier<Map<String, Object>> health) {

  /// @param shared null where there is no Redis
  /// @param parts end the connection
  static ServerSharing of(
      ServerOptions.@Nullable Shared shared, InstantSource clock, Started parts) {
    var alone = new MemoryRateLimits(clock);
    if (shared == null) {
      return new ServerSharing(
          alone, (_, work) -> work.get(), () -> Map.of("enabled", false, "connected", false));
    }
    Redis redis = parts.keep(Redis.of(shared.url(), shared.prefix(), clock));
    return new ServerSharing(
        new RedisRateLimits(redis, alone, clock),
        new AnswerCache(redis, shared.time()),
        redis::health);
  }
}

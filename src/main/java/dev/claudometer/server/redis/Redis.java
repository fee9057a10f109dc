package dev.claudometer.server.redis;

import dev.claudometer.model.Cause;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

/// A Redis that may be absent: what it cannot answer at once is answered without it, and it is
/// asked again after ten seconds.
public final class Redis implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.redis");
  private static final Duration REST = Duration.ofSeconds(10);
  private static final int CONNECT_MILLIS = 200;
  private static final int READ_MILLIS = 100;

  private final RedisClient client;
  private final InstantSource clock;
  private final String shown;
  private final String prefix;
  private volatile Instant restUntil = Instant.MIN;
  private volatile @Nullable String error;

  private Redis(RedisClient client, String shown, String prefix, InstantSource clock) {
    this.client = client;
    this.shown = shown;
    this.prefix = prefix;
    this.clock = clock;
  }

  /// Connects when it is first asked.
  ///
  /// @param url `redis://user:password@host:6379/0`
  /// @param prefix of all keys: installations with different ones can share a Redis
  public static Redis of(String url, String prefix, InstantSource clock) {
    URI uri = URI.create(url);
    var config =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(CONNECT_MILLIS)
            .socketTimeoutMillis(READ_MILLIS)
            .user(JedisURIHelper.getUser(uri))
            .password(JedisURIHelper.getPassword(uri))
            .database(JedisURIHelper.getDBIndex(uri))
            .sslOptions(JedisURIHelper.isRedisSSLScheme(uri) ? SslOptions.defaults() : null)
            .build();
    int port = uri.getPort() < 0 ? 6379 : uri.getPort();
    return new Redis(
        RedisClient.builder()
            .hostAndPort(new HostAndPort(uri.getHost(), port))
            .clientConfig(config)
            .build(),
        url.replaceAll("//[^@/]*@", "//***@"),
        prefix,
        clock);
  }

  String key(String name) {
    return prefix + ":" + name;
  }

  /// Asks, or answers null where Redis does not.
  <T> @Nullable T ask(Function<RedisClient, @Nullable T> question) {
    if (clock.instant().isBefore(restUntil)) {
      return null;
    }
    try {
      T answer = twice(question);
      error = null;
      return answer;
    } catch (JedisException failure) {
      restUntil = clock.instant().plus(REST);
      if (error == null) {
        LOG.log(
            System.Logger.Level.WARNING,
            "Redis does not answer, the server continues without it: " + Cause.of(failure));
      }
      error = Cause.of(failure).words();
      return null;
    }
  }

  /// The first attempt may meet a connection of a Redis that has been restarted.
  private <T> @Nullable T twice(Function<RedisClient, @Nullable T> question) {
    try {
      return question.apply(client);
    } catch (JedisException stale) {
      return question.apply(client);
    }
  }

  /// How it is, as the health answer says it.
  public Map<String, Object> health() {
    boolean connected = "PONG".equals(ask(RedisClient::ping));
    var health = new LinkedHashMap<String, Object>();
    health.put("enabled", true);
    health.put("connected", connected);
    health.put("url", shown);
    if (!connected) {
      health.put("error", "Redis does not answer");
    }
    return health;
  }

  @Override
  public void close() {
    client.close();
  }
}

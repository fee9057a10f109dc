package dev.claudometer.server.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.server.auth.Limit;
import dev.claudometer.server.auth.MemoryRateLimits;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/// A real Redis that comes and goes.
@Tag("database")
class RedisTest {

  private static final Limit THREE = new Limit("three", 3, Duration.ofMinutes(1));

  private Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private final InstantSource clock = () -> now;
  private RedisServer server;
  private int port;

  @BeforeEach
  void start() throws IOException {
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    server = new RedisServer(port);
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.stop();
  }

  @Test
  void twoServersShareACountAndCountAloneWhileRedisIsAway() throws IOException {
    try (Redis one = redis();
        Redis other = redis()) {
      var first = new RedisRateLimits(one, new MemoryRateLimits(clock), clock);
      var second = new RedisRateLimits(other, new MemoryRateLimits(clock), clock);
      assertThat(first.take(THREE, "ada").remaining()).isEqualTo(2);
      assertThat(second.take(THREE, "ada").remaining()).isEqualTo(1);
      assertThat(first.take(THREE, "ada").allowed()).isTrue();
      assertThat(second.take(THREE, "ada").allowed()).isFalse();
      assertThat(second.take(THREE, "bob").allowed()).isTrue();
      server.stop();
      assertThat(second.take(THREE, "ada").remaining()).as("alone").isEqualTo(2);
      assertThat(other.health()).containsEntry("connected", false);
      assertThat(other.health().toString()).doesNotContain("secret");
      server.start();
      assertThat(second.take(THREE, "ada").remaining()).as("still resting").isEqualTo(1);
      now = now.plusSeconds(11);
      assertThat(second.take(THREE, "carl").remaining()).isEqualTo(2);
      assertThat(first.take(THREE, "carl").remaining()).as("shared again").isEqualTo(1);
    }
  }

  @Test
  void answerIsWorkedOutOnceForBothServersAndEachTimeWithoutRedis() throws IOException {
    var work = new AtomicInteger();
    try (Redis one = redis();
        Redis other = redis()) {
      var first = new AnswerCache(one, Duration.ofMinutes(1));
      var second = new AnswerCache(other, Duration.ofMinutes(1));
      assertThat(first.answer("k", () -> answer(work))).isEqualTo("answer 1".getBytes(UTF_8));
      assertThat(second.answer("k", () -> answer(work))).isEqualTo("answer 1".getBytes(UTF_8));
      assertThat(second.answer("l", () -> answer(work))).isEqualTo("answer 2".getBytes(UTF_8));
      server.stop();
      assertThat(first.answer("k", () -> answer(work))).isEqualTo("answer 3".getBytes(UTF_8));
      server.start();
    }
  }

  private static byte[] answer(AtomicInteger work) {
    return ("answer " + work.incrementAndGet()).getBytes(UTF_8);
  }

  private Redis redis() {
    return Redis.of("redis://localhost:" + port, "test", clock);
  }
}

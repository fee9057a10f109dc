package dev.claudometer.server.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.server.api.HotAnswers;
import java.time.Duration;
import java.util.function.Supplier;
import redis.clients.jedis.params.SetParams;

/// Answers that another server, or this one, has just worked out.
public final class AnswerCache implements HotAnswers {

  private final Redis redis;
  private final Duration time;

  public AnswerCache(Redis redis, Duration time) {
    this.redis = redis;
    this.time = time;
  }

  @Override
  public byte[] answer(String key, Supplier<byte[]> work) {
    byte[] name = redis.key("answer:" + key).getBytes(UTF_8);
    byte[] known = redis.ask(client -> client.get(name));
    if (known != null) {
      return known;
    }
    byte[] answer = work.get();
    redis.ask(client -> client.set(name, answer, SetParams.setParams().px(time.toMillis())));
    return answer;
  }
}

package dev.claudometer.source.telemetry;

import dev.claudometer.model.ApiCall;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads the event `api_request` as a call.
final class CallReader {

  static final String EVENT = "api_request";

  private static final long LONGEST_MILLIS = Duration.ofDays(1).toMillis();

  private CallReader() {}

  /// The call, null where the event lacks a model or tokens.
  static @Nullable ApiCall of(ClientEvent event) {
    String model = event.text("model");
    TokenCounts tokens = tokens(event);
    if (model.isEmpty() || tokens == null) {
      return null;
    }
    String request = event.text("request_id");
    return new ApiCall(
        request.isEmpty() ? ownId(event) : request,
        request,
        new SessionId(event.text("session.id")),
        event.at(),
        Duration.ofMillis(Math.min(orZero(event.count("duration_ms")), LONGEST_MILLIS)),
        model,
        tokens,
        event.count("cache_creation_1h_tokens") != null,
        event.text("speed").equals("fast"),
        event.text("query_source"),
        event.text("agent_id"),
        event.text("effort"),
        cost(event));
  }

  /// Two processes of one session give their events the same numbers, but not at the same instant.
  static String ownId(ClientEvent event) {
    return event.text("session.id") + " " + event.at() + " " + event.text("event.sequence");
  }

  /// The split may not add up to the total: what is more counts, as of a transcript's line.
  private static @Nullable TokenCounts tokens(ClientEvent event) {
    Long input = event.count("input_tokens");
    Long output = event.count("output_tokens");
    if (input == null || output == null) {
      return null;
    }
    long written = orZero(event.count("cache_creation_tokens"));
    long hour = orZero(event.count("cache_creation_1h_tokens"));
    long minutes = orZero(event.count("cache_creation_5m_tokens"));
    return new TokenCounts(
        input,
        output,
        Math.max(minutes, written - hour),
        hour,
        orZero(event.count("cache_read_tokens")));
  }

  private static long orZero(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  private static @Nullable Usd cost(ClientEvent event) {
    BigDecimal told = event.number("cost_usd");
    BigDecimal micros = event.number("cost_usd_micros");
    BigDecimal dollars = told != null || micros == null ? told : micros.movePointLeft(6);
    try {
      return dollars == null ? null : Usd.of(dollars);
    } catch (ArithmeticException doesNotFit) {
      return null;
    }
  }
}

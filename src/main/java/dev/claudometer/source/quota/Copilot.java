package dev.claudometer.source.quota;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.GetRequest;
import dev.claudometer.fetch.GetRequest.Pair;
import dev.claudometer.fetch.Service;
import dev.claudometer.json.JsonValue;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.QuotaReadings;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// GitHub Copilot's quotas, as github.com shows them a person who is logged in.
///
/// @param cookies the `Cookie` header for a host
/// @param service `https://github.com`
public record Copilot(Function<String, Answer<String>> cookies, Service service) {

  private static final String ORIGIN = "github_copilot";

  private static final String USER_AGENT =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/142.0.0.0 Safari/537.36";

  /// What is left in percent, and the window's name.
  private static final Map<String, String> QUOTAS =
      Map.of("chatPercentage", "chat", "premiumInteractionsPercentage", "premium_interactions");

  public Answer<QuotaReadings> ask(Instant now) throws InterruptedException {
    return switch (cookies.apply("github.com")) {
      case Failed<String> failed -> failed.as();
      case Given<String>(String header) ->
          service.ask(
              new GetRequest(
                  "/github-copilot/chat",
                  List.of(),
                  List.of(
                      new Pair("Cookie", header),
                      new Pair("User-Agent", USER_AGENT),
                      new Pair("github-verified-fetch", "true"),
                      new Pair("x-requested-with", "XMLHttpRequest"))),
              body -> readings(body.at("quotas"), now));
    };
  }

  private static QuotaReadings readings(JsonValue quotas, Instant now) {
    Instant resetsAt = reset(quotas.at("resetDate"));
    JsonValue remaining = quotas.at("remaining");
    List<LimitReading> limits = new ArrayList<>();
    QUOTAS.forEach(
        (field, window) -> {
          if (!remaining.at(field).absent()) {
            limits.add(
                new LimitReading(
                    ORIGIN + "." + window, used(remaining.at(field)), resetsAt, now, ORIGIN));
          }
        });
    if (limits.isEmpty()) {
      throw remaining.wrong("what is left of Copilot's quotas");
    }
    return new QuotaReadings(limits, List.of());
  }

  /// Less than nothing may be left.
  private static double used(JsonValue percentLeft) {
    BigDecimal used = BigDecimal.valueOf(100).subtract(percentLeft.decimal());
    if (used.signum() < 0 || used.compareTo(BigDecimal.valueOf(100_000)) > 0) {
      throw percentLeft.wrong("a percentage that is left");
    }
    return used.movePointLeft(2).doubleValue();
  }

  private static @Nullable Instant reset(JsonValue day) {
    try {
      return LocalDate.parse(day.textOr("")).atStartOfDay(UTC).toInstant();
    } catch (DateTimeException none) {
      return null;
    }
  }
}

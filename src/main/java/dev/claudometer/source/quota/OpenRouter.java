package dev.claudometer.source.quota;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.GetRequest;
import dev.claudometer.fetch.GetRequest.Pair;
import dev.claudometer.fetch.Service;
import dev.claudometer.json.JsonValue;
import dev.claudometer.model.CreditReading;
import dev.claudometer.model.QuotaReadings;
import dev.claudometer.model.Usd;
import java.time.Instant;
import java.util.List;

/// Credits of an OpenRouter account: bought, and used.
///
/// @param service `https://openrouter.ai`
public record OpenRouter(Service service, String key) {

  public OpenRouter {
    if (!key.matches("[A-Za-z0-9_.-]{8,500}")) {
      throw new IllegalArgumentException("this is no key of OpenRouter (sk-or-…)");
    }
  }

  public Answer<QuotaReadings> ask(Instant now) throws InterruptedException {
    return service.ask(
        new GetRequest(
            "/api/v1/credits", List.of(), List.of(new Pair("Authorization", "Bearer " + key))),
        body -> readings(body.at("data"), now));
  }

  private static QuotaReadings readings(JsonValue data, Instant now) {
    return new QuotaReadings(
        List.of(),
        List.of(
            new CreditReading(
                "openrouter",
                dollars(data.at("total_credits")),
                dollars(data.at("total_usage")),
                now,
                "openrouter")));
  }

  private static Usd dollars(JsonValue amount) {
    try {
      return Usd.of(amount.decimal());
    } catch (ArithmeticException beyond) {
      throw amount.wrong("an amount of dollars");
    }
  }

  @Override
  public String toString() {
    return "OpenRouter";
  }
}

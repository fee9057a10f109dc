package dev.claudometer.source.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.Answer.Reason;
import dev.claudometer.fetch.Service;
import dev.claudometer.fetch.Simulator;
import dev.claudometer.model.CreditReading;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.QuotaReadings;
import dev.claudometer.model.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuotaTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant MONTH_ENDS = Instant.parse("2026-12-01T00:00:00Z");

  private Simulator simulator;
  private Service service;

  @BeforeEach
  void start() {
    simulator =
        new Simulator() {
          @Override
          protected String answer(Asked asked) {
            return asked.path().equals("/api/v1/credits")
                ? "{\"data\":{\"total_credits\":100.0,\"total_usage\":25.123456789}}"
                : "{\"quotas\":{\"remaining\":{\"chatPercentage\":100,"
                    + "\"premiumInteractionsPercentage\":-12.5},\"resetDate\":\"2026-12-01\"}}";
          }
        };
    service = new Service(simulator.url(), Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() {
    service.close();
    simulator.close();
  }

  @Test
  void creditsAreBoughtAndUsed() throws InterruptedException {
    assertThat(new OpenRouter(service, "sk-or-canary").ask(NOW))
        .isEqualTo(
            new Given<>(
                new QuotaReadings(
                    List.of(),
                    List.of(
                        new CreditReading(
                            "openrouter",
                            new Usd(100_000_000_000L),
                            new Usd(25_123_456_789L),
                            NOW,
                            "openrouter")))));
    assertThat(simulator.asked.getLast().headers())
        .containsEntry("authorization", "Bearer sk-or-canary");
  }

  @Test
  void copilotTellsWhatIsLeft() throws InterruptedException {
    Answer<QuotaReadings> answer = new Copilot(_ -> new Given<>("user=canary"), service).ask(NOW);
    assertThat(((Given<QuotaReadings>) answer).value().limits())
        .containsExactlyInAnyOrder(
            new LimitReading("github_copilot.chat", 0, MONTH_ENDS, NOW, "github_copilot"),
            new LimitReading(
                "github_copilot.premium_interactions", 1.125, MONTH_ENDS, NOW, "github_copilot"));
    assertThat(simulator.asked.getLast().headers()).containsEntry("cookie", "user=canary");
  }

  @Test
  void failuresAreOneSentenceWithoutSecrets() throws InterruptedException {
    simulator.fails(Simulator.status(401, "{\"error\":{\"message\":\"no sk-or-canary\"}}"));
    Answer<QuotaReadings> refused = new OpenRouter(service, "sk-or-canary").ask(NOW);
    assertThat(((Failed<QuotaReadings>) refused).reason()).isEqualTo(Reason.UNAUTHORIZED);
    assertThat(refused.toString()).doesNotContain("canary");
    for (String body :
        List.of("{}", "{\"data\":{}}", "{\"quotas\":{\"remaining\":{}}}", "<html>", "[]")) {
      simulator.fails(Simulator.status(200, body));
      simulator.fails(Simulator.status(200, body));
      assertThat(new OpenRouter(service, "sk-or-canary").ask(NOW)).isInstanceOf(Failed.class);
      assertThat(new Copilot(_ -> new Given<>("a=b"), service).ask(NOW)).isInstanceOf(Failed.class);
    }
    assertThat(
            new Copilot(_ -> new Failed<>(Reason.UNREACHABLE, "no cookies", null), service)
                .ask(NOW))
        .isEqualTo(new Failed<QuotaReadings>(Reason.UNREACHABLE, "no cookies", null));
    assertThatThrownBy(() -> new OpenRouter(service, "canary\nwith lines"))
        .hasMessageNotContaining("canary");
    assertThat(new OpenRouter(service, "sk-or-canary").toString()).doesNotContain("canary");
  }
}

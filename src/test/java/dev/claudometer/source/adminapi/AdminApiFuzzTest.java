package dev.claudometer.source.adminapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.Mutations;
import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Patience;
import dev.claudometer.fetch.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An Admin API whose answers are almost right: each is understood, or said to be unreadable; none
/// ends the program, or keeps it asking.
@Tag("long")
class AdminApiFuzzTest {

  /// `-Pnightly` has more.
  private static final int MUTATIONS = Integer.getInteger("mutations", 300);

  private static final Instant NOW = Instant.parse("2026-11-20T12:34:56Z");
  private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");

  private AdminSimulator simulator;

  private static final class AlmostRight extends AdminSimulator {

    private final Random random = new Random(22);

    AlmostRight() {
      super(NOW);
    }

    @Override
    protected synchronized String answer(Asked asked) {
      return new String(Mutations.of(super.answer(asked).getBytes(UTF_8), random), UTF_8);
    }
  }

  @BeforeEach
  void start() {
    simulator = new AlmostRight();
    simulator.messages.put(
        MIDNIGHT.plusSeconds(3_600),
        List.of(
            AdminSimulator.usage("apikey_1", "claude-opus-4-6", 1_500, 500),
            AdminSimulator.usage(null, "claude-opus-4-6", 1, 2)));
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void answersThatAreAlmostRightAreUnderstoodOrUnreadable() throws Exception {
    int understood = 0;
    try (var api =
        new AdminApi(
            new Service(simulator.url(), Duration.ofSeconds(60)),
            AdminKey.of("sk-ant-admin01-canary"),
            "claudometer/test",
            new Patience(1, _ -> {}, new Random(1)))) {
      for (int i = 0; i < MUTATIONS; i++) {
        Report report = Report.values()[i % Report.values().length];
        Answer<?> answer =
            switch (i % 4) {
              case 0 -> api.organization();
              case 1 -> api.entries();
              case 2 -> api.spendLimits(NOW);
              default -> api.next(report, MIDNIGHT, null, NOW);
            };
        understood += answer instanceof Answer.Given<?> ? 1 : 0;
      }
    }
    assertThat(understood).isBetween(1, MUTATIONS - 1);
  }
}

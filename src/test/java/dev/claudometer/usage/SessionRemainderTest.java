package dev.claudometer.usage;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.CostBasis;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.SessionTotal.ModelTotal;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionRemainderTest {

  @Test
  void sessionWithoutTotalHasNoRemainder() {
    assertThat(
            SessionRemainder.of(new SessionId("other"), List.of(total("s", NOON, 1, 10)), Map.of()))
        .isNull();
  }

  @Test
  void countedTokensAreTakenOffWhatWasBooked() {
    SessionRemainder remainder =
        SessionRemainder.of(
            new SessionId("s"), List.of(total("s", NOON, 7, 100)), counted("s", "m", 60));
    assertThat(remainder.byModel()).isEqualTo(Map.of("m", tokens(40)));
    assertThat(remainder.cost()).isEqualTo(new Usd(7));
    assertThat(remainder.costKnown()).isTrue();
  }

  @Test
  void modelWithoutDifferenceIsLeftOut() {
    assertThat(
            SessionRemainder.of(
                    new SessionId("s"), List.of(total("s", NOON, 7, 60)), counted("s", "m", 60))
                .byModel())
        .isEmpty();
  }

  @Test
  void whatWasFastIsBookedOnItsModel() {
    assertThat(
            SessionRemainder.of(
                    new SessionId("s"),
                    List.of(total("s", NOON, 7, 60)),
                    counted("s", "m-fast", 60))
                .byModel())
        .isEmpty();
  }

  @Test
  void moreCountedThanBookedIsNegative() {
    assertThat(
            SessionRemainder.of(
                    new SessionId("s"), List.of(total("s", NOON, 7, 50)), counted("s", "m", 60))
                .byModel())
        .isEqualTo(Map.of("m", tokens(-10)));
  }

  @Test
  void usageOfOtherSessionsIsNotTakenOff() {
    assertThat(
            SessionRemainder.of(
                    new SessionId("s"), List.of(total("s", NOON, 7, 50)), counted("t", "m", 60))
                .byModel())
        .isEqualTo(Map.of("m", tokens(50)));
  }

  @Test
  void forkDoesNotRepeatItsParent() {
    List<SessionTotal> totals = List.of(total("fork", NOON, 9, 150), total("parent", NOON, 4, 100));
    SessionRemainder fork =
        SessionRemainder.of(new SessionId("fork"), totals, counted("fork", "m", 50));
    assertThat(fork.cost()).isEqualTo(new Usd(5));
    assertThat(fork.byModel()).isEmpty();
    assertThat(SessionRemainder.of(new SessionId("parent"), totals, Map.of()).cost())
        .isEqualTo(new Usd(4));
  }

  @Test
  void parentThatGoesOnAfterTheForkIsTakenOffAsItWasThen() {
    List<SessionTotal> totals =
        List.of(
            total("parent", NOON, 4, 100),
            total("fork", NOON, 9, 150),
            total("parent", NOON, 20, 400));
    assertThat(SessionRemainder.of(new SessionId("fork"), totals, Map.of()).cost())
        .isEqualTo(new Usd(5));
  }

  @Test
  void dollarsOfPartsWithOneBasisHaveItOthersHaveNone() {
    assertThat(basis(CostBasis.LIST, CostBasis.LIST)).isEqualTo(CostBasis.LIST);
    assertThat(basis(CostBasis.CONTRACT, CostBasis.CONTRACT)).isEqualTo(CostBasis.CONTRACT);
    assertThat(basis(CostBasis.LIST, CostBasis.CONTRACT)).isEqualTo(CostBasis.UNKNOWN);
    assertThat(basis(CostBasis.LIST, CostBasis.UNKNOWN)).isEqualTo(CostBasis.UNKNOWN);
  }

  private static CostBasis basis(CostBasis one, CostBasis other) {
    var total =
        new SessionTotal(
            new SessionId("s"),
            new ProjectName("p"),
            NOON,
            Duration.ZERO,
            new Origin.Line("f", 1),
            new Usd(2),
            true,
            0,
            0,
            List.of(
                new ModelTotal("m", tokens(1), 0, new Usd(1), one),
                new ModelTotal("n", tokens(1), 0, new Usd(1), other)));
    return SessionRemainder.of(new SessionId("s"), List.of(total), Map.of()).basis();
  }

  @Test
  void sessionsWithOtherStartsAreNotParents() {
    List<SessionTotal> totals =
        List.of(total("s", NOON, 9, 150), total("other", NOON.plusMillis(1), 4, 100));
    assertThat(SessionRemainder.of(new SessionId("s"), totals, Map.of()).cost())
        .isEqualTo(new Usd(9));
  }

  @Test
  void contextSuffixDoesNotMakeAnotherModel() {
    var total =
        new SessionTotal(
            new SessionId("s"),
            new ProjectName("p"),
            NOON,
            Duration.ZERO,
            new Origin.Line("/s.jsonl", 0),
            new Usd(1),
            false,
            0,
            0,
            List.of(
                new ModelTotal("claude-opus-5[1m]", tokens(70), 0, new Usd(1), CostBasis.LIST),
                new ModelTotal("claude-opus-5", tokens(30), 0, Usd.ZERO, CostBasis.UNKNOWN)));
    SessionRemainder remainder =
        SessionRemainder.of(new SessionId("s"), List.of(total), counted("s", "claude-opus-5", 60));
    assertThat(remainder.byModel()).isEqualTo(Map.of("claude-opus-5", tokens(40)));
    assertThat(remainder.costKnown()).isFalse();
  }

  private static SessionTotal total(String session, Instant start, long nanos, long output) {
    return new SessionTotal(
        new SessionId(session),
        new ProjectName("p"),
        start,
        Duration.ofMillis(nanos),
        new Origin.Line("/" + session + ".jsonl", 0),
        new Usd(nanos),
        true,
        0,
        0,
        List.of(new ModelTotal("m", tokens(output), 0, new Usd(nanos), CostBasis.LIST)));
  }

  private static Map<SessionId, Map<String, Totals>> counted(
      String session, String model, long output) {
    var totals = Totals.of(Map.of(Quantity.RESPONSES, 1L, Quantity.OUTPUT, output));
    return Map.of(new SessionId(session), Map.of(model, totals));
  }

  private static TokenCounts tokens(long output) {
    return new TokenCounts(0, output, 0, 0, 0);
  }
}

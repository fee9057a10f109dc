package dev.claudometer.usage;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.Attribution;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.Completion;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.ToolUse;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CopiesTest {

  private static final EventKey KEY = new EventKey("msg_1", "req_1");

  @Test
  void joinIsCommutative() {
    var random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      UsageEvent a = Events.random(random, KEY);
      UsageEvent b = Events.random(random, KEY);
      assertThat(Copies.join(a, b)).isEqualTo(Copies.join(b, a));
    }
  }

  @Test
  void joinIsAssociative() {
    var random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      UsageEvent a = Events.random(random, KEY);
      UsageEvent b = Events.random(random, KEY);
      UsageEvent c = Events.random(random, KEY);
      assertThat(Copies.join(Copies.join(a, b), c)).isEqualTo(Copies.join(a, Copies.join(b, c)));
    }
  }

  @Test
  void joinIsIdempotent() {
    var random = new Random(3);
    for (int i = 0; i < 5_000; i++) {
      UsageEvent a = Events.random(random, KEY);
      UsageEvent ab = Copies.join(a, Events.random(random, KEY));
      assertThat(Copies.join(a, a)).isEqualTo(a);
      assertThat(Copies.join(ab, a)).isEqualTo(ab);
    }
  }

  @Test
  void orderAndRepetitionOfCopiesDoNotMatter() {
    for (long seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      List<UsageEvent> copies = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        copies.add(Events.random(random, KEY));
      }
      UsageEvent expected = joined(copies);
      for (int i = 0; i < 5; i++) {
        copies.add(copies.get(random.nextInt(copies.size())));
      }
      Collections.shuffle(copies, random);
      assertThat(joined(copies)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void finishedCopyBeatsAHigherOutput() {
    UsageEvent joined = Copies.join(copy(5, "end_turn", 1), copy(900, null, 2));
    assertThat(joined.usage().stopReason()).isEqualTo("end_turn");
    assertThat(joined.usage().tokens().output()).isEqualTo(5);
  }

  @Test
  void finishedCopyThatSaysNothingLoses() {
    UsageEvent empty = with(copy(0, "end_turn", 1), new TokenCounts(0, 0, 0, 0, 500));
    UsageEvent full = with(copy(5774, null, 2), new TokenCounts(271, 5774, 0, 0, 0));
    assertThat(Copies.join(empty, full).usage().tokens()).isEqualTo(full.usage().tokens());
  }

  @Test
  void highestOutputWinsAmongFinishedCopies() {
    assertThat(
            joined(List.of(copy(9, "tool_use", 1), copy(159, "tool_use", 2), copy(9, "x", 3)))
                .usage()
                .tokens()
                .output())
        .isEqualTo(159);
  }

  @Test
  void highestTotalWinsAmongEqualOutputs() {
    UsageEvent small = with(copy(9, "end_turn", 1), new TokenCounts(5, 9, 0, 0, 100));
    UsageEvent large = with(copy(9, "end_turn", 2), new TokenCounts(1, 9, 0, 0, 200));
    assertThat(Copies.join(small, large).usage().tokens())
        .isEqualTo(new TokenCounts(1, 9, 0, 0, 200));
  }

  @Test
  void winningUsageIsTakenWhole() {
    UsageEvent a = with(copy(10, "end_turn", 1), new TokenCounts(1000, 10, 50, 0, 0));
    UsageEvent b = with(copy(20, "end_turn", 2), new TokenCounts(1, 20, 0, 7, 0));
    assertThat(Copies.join(a, b).usage()).isEqualTo(b.usage());
    assertThat(Copies.join(a, b).origin()).isEqualTo(b.origin());
  }

  @Test
  void conversationAttributesBeforeAnEarlierSidechain() {
    UsageEvent helper = attributed("helper", true, false, NOON);
    UsageEvent main = attributed("main", false, false, NOON.plusSeconds(60));
    assertThat(Copies.join(helper, main).attribution().session()).isEqualTo(new SessionId("main"));
  }

  @Test
  void originalAttributesBeforeAnEarlierFork() {
    UsageEvent fork = attributed("fork", false, true, NOON);
    UsageEvent original = attributed("original", false, false, NOON.plusSeconds(60));
    assertThat(Copies.join(fork, original).attribution().session())
        .isEqualTo(new SessionId("original"));
  }

  @Test
  void earliestCopyAttributesAmongEquals() {
    UsageEvent first = attributed("z", false, false, NOON);
    UsageEvent later = attributed("a", false, false, NOON.plusSeconds(60));
    assertThat(Copies.join(later, first).attribution().session()).isEqualTo(new SessionId("z"));
  }

  @Test
  void dayIsThatOfTheEarliestLineWithTheHighestOutput() {
    UsageEvent start = copy(1, null, 0);
    UsageEvent grown = copy(100, null, 10);
    UsageEvent repeated = copy(100, "end_turn", 20);
    assertThat(joined(List.of(repeated, start, grown)).at()).isEqualTo(NOON.plusSeconds(10));
  }

  @Test
  void toolCallsOfAllCopiesAreKeptOnce() {
    UsageEvent a = tools(new ToolUse("t2", "Read"), new ToolUse("t1", "Bash"));
    UsageEvent b = tools(new ToolUse("t1", "Bash"), new ToolUse("t3", "Edit"));
    assertThat(Copies.join(a, b).tools())
        .containsExactly(
            new ToolUse("t1", "Bash"), new ToolUse("t2", "Read"), new ToolUse("t3", "Edit"));
  }

  @Test
  void progressLineCountsOnlyWhereNothingElseTells() {
    UsageEvent progress = progress(copy(500, "end_turn", 0));
    UsageEvent line = copy(3, null, 60);
    assertThat(Copies.join(progress, line)).isEqualTo(line);
    assertThat(Copies.join(line, progress)).isEqualTo(line);
    assertThat(Copies.join(progress, progress)).isEqualTo(progress);
  }

  private static UsageEvent joined(List<UsageEvent> copies) {
    return copies.stream().reduce(Copies::join).orElseThrow();
  }

  private static UsageEvent copy(long output, String stopReason, long second) {
    UsageEvent event = Events.event("msg_1", "req_1", NOON.plusSeconds(second), output);
    return new UsageEvent(
        event.key(),
        event.completion(),
        new Usage(
            "claude-opus-5", event.usage().tokens(), 0, 0, BillingTerms.UNSTATED, stopReason, null),
        event.attribution(),
        false,
        new Origin.Line("/f.jsonl", second),
        List.of());
  }

  private static UsageEvent with(UsageEvent event, TokenCounts tokens) {
    Usage usage = event.usage();
    return new UsageEvent(
        event.key(),
        new Completion(event.at(), tokens.output()),
        new Usage(usage.model(), tokens, 0, 0, usage.terms(), usage.stopReason(), null),
        event.attribution(),
        false,
        event.origin(),
        List.of());
  }

  private static UsageEvent attributed(
      String session, boolean sidechain, boolean forked, Instant at) {
    UsageEvent event = Events.event("msg_1", "req_1", at, 1);
    var attribution =
        new Attribution(
            new SessionId(session),
            new ProjectName("p"),
            "",
            "",
            sidechain,
            forked,
            at,
            event.origin());
    return new UsageEvent(
        event.key(),
        event.completion(),
        event.usage(),
        attribution,
        false,
        event.origin(),
        List.of());
  }

  private static UsageEvent tools(ToolUse... tools) {
    UsageEvent event = copy(1, "tool_use", 0);
    return new UsageEvent(
        event.key(),
        event.completion(),
        event.usage(),
        event.attribution(),
        false,
        event.origin(),
        List.of(tools));
  }

  private static UsageEvent progress(UsageEvent event) {
    return new UsageEvent(
        event.key(),
        event.completion(),
        event.usage(),
        event.attribution(),
        true,
        event.origin(),
        event.tools());
  }
}

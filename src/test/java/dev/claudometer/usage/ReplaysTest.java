package dev.claudometer.usage;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.EventKey;
import dev.claudometer.model.UsageEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplaysTest {

  @Test
  void onlyEventCounts() {
    UsageEvent helper = event("req_1", 0, true);
    assertThat(Replays.counted(List.of(helper))).containsExactly(helper);
  }

  @Test
  void helperReplayOfAnAnswerDoesNotCount() {
    UsageEvent answer = event("req_1", 60, false);
    UsageEvent replay = event("req_2", 0, true);
    assertThat(Replays.counted(List.of(replay, answer))).containsExactly(answer);
  }

  @Test
  void answersOfTheConversationWithDifferentRequestsAllCount() {
    UsageEvent one = event("req_1", 0, false);
    UsageEvent other = event("req_2", 60, false);
    assertThat(Replays.counted(List.of(one, other))).containsExactly(one, other);
  }

  @Test
  void answerWithoutRequestDoesNotCountBesideOneWithIt() {
    UsageEvent bare = event("", 0, false);
    UsageEvent answer = event("req_1", 60, false);
    assertThat(Replays.counted(List.of(bare, answer))).containsExactly(answer);
  }

  @Test
  void answerWithoutRequestCountsBesideHelpersOnly() {
    UsageEvent bare = event("", 60, false);
    UsageEvent helper = event("req_1", 0, true);
    assertThat(Replays.counted(List.of(bare, helper))).containsExactly(bare);
  }

  @Test
  void earliestHelperCountsWhereNothingElseTells() {
    UsageEvent bare = event("", 0, true);
    UsageEvent first = event("req_9", 10, true);
    UsageEvent later = event("req_1", 20, true);
    assertThat(Replays.counted(List.of(bare, later, first))).containsExactly(first);
  }

  @Test
  void progressLineOfAnotherRequestCountsLast() {
    UsageEvent line = event("req_2", 60, true);
    UsageEvent told = event("req_1", 0, true);
    UsageEvent progress =
        new UsageEvent(
            told.key(),
            told.completion(),
            told.usage(),
            told.attribution(),
            true,
            told.origin(),
            told.tools());
    assertThat(Replays.counted(List.of(progress, line))).containsExactly(line);
  }

  @Test
  void partsCountWhereTheirResponseCounts() {
    UsageEvent answer = event("req_1", 60, false);
    UsageEvent replay = event("req_2", 0, true);
    UsageEvent part = answer.part(1, answer.usage());
    UsageEvent replayedPart = replay.part(1, replay.usage());
    assertThat(Replays.counted(List.of(replayedPart, part, replay, answer)))
        .containsExactly(part, answer);
  }

  @Test
  void partOfTheOnlyRequestCountsBesideItsResponse() {
    UsageEvent helper = event("req_1", 0, true);
    UsageEvent part = helper.part(1, helper.usage());
    assertThat(Replays.counted(List.of(helper, part))).containsExactly(helper, part);
  }

  @Test
  void partStandsForAResponseThatNobodyHasToldOfYet() {
    UsageEvent answer = event("req_1", 60, false);
    UsageEvent part = answer.part(1, answer.usage());
    UsageEvent replay = event("req_2", 0, true);
    assertThat(Replays.counted(List.of(part))).containsExactly(part);
    assertThat(Replays.counted(List.of(part, replay))).containsExactly(part);
  }

  @Test
  void idThatARelayGivesToEveryAnswerTellsNoReplays() {
    UsageEvent one = relayed("req_1", 0, false);
    UsageEvent other = relayed("req_2", 60, false);
    UsageEvent subagent = relayed("req_3", 30, true);
    assertThat(Replays.counted(List.of(one, subagent, other)))
        .containsExactlyInAnyOrder(one, subagent, other);
  }

  @Test
  void helperReplayOfAnAnswerWithAForeignIdDoesNotCount() {
    UsageEvent answer = relayed("req_1", 0, false);
    UsageEvent replay = relayed("req_2", 60, true);
    assertThat(Replays.counted(List.of(answer, replay))).containsExactly(answer);
  }

  @Test
  void orderDoesNotMatterAndSomethingAlwaysCounts() {
    for (long seed = 0; seed < 2_000; seed++) {
      var random = new Random(seed);
      List<UsageEvent> events = new ArrayList<>();
      for (String request : List.of("", "req_0", "req_1", "req_2")) {
        if (random.nextBoolean() || events.isEmpty()) {
          int parts = random.nextInt(3);
          for (int part = random.nextInt(2); part <= parts; part++) {
            events.add(Events.random(random, new EventKey("msg_1", request, part)));
          }
        }
      }
      if (events.isEmpty()) {
        events.add(Events.random(random, new EventKey("msg_1", "")));
      }
      List<UsageEvent> counted = Replays.counted(events);
      assertThat(counted).as("seed %d", seed).isNotEmpty().doesNotHaveDuplicates();
      Collections.shuffle(events, random);
      assertThat(new HashSet<>(Replays.counted(events)))
          .as("seed %d", seed)
          .isEqualTo(new HashSet<>(counted));
    }
  }

  private static UsageEvent relayed(String request, long second, boolean sidechain) {
    return Events.event("ocgo", request, NOON.plusSeconds(second), 5, "s", sidechain);
  }

  private static UsageEvent event(String request, long second, boolean sidechain) {
    return Events.event("msg_1", request, NOON.plusSeconds(second), 5, "s", sidechain);
  }
}

package dev.claudometer.store.sqlite;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.ApiCall;
import dev.claudometer.model.Attribution;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.Completion;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.quality.Told;
import dev.claudometer.usage.Totals;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls that no request names, of prompts that repeat while others still go on: the hardest to
/// tell apart. Whatever they are taken for, it is the same in any order, and nobody's call makes
/// more than it was.
class UnnamedCallsTest {

  private static final int SEEDS = 40;

  @TempDir Path directory = Path.of("");

  @Test
  void anyOrderAndRepetitionGivesTheSame() {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      List<Batch> pieces = pieces(random);
      try (var together = open(directory.resolve("together" + seed));
          var apart = open(directory.resolve("apart" + seed))) {
        merged(pieces).forEach(together::append);
        shuffled(pieces, random).forEach(apart::append);
        String what = "seed " + seed;
        assertThat(told(apart)).as(what).isEqualTo(told(together));
        assertThat(new HashSet<>(apart.sums(TimeRange.ALL, EnumSet.allOf(Dimension.class))))
            .as(what)
            .isEqualTo(new HashSet<>(together.sums(TimeRange.ALL, EnumSet.allOf(Dimension.class))));
        assertThat(apart.verify()).as(what).isEmpty();
        long lines = pieces.stream().filter(piece -> !piece.events().isEmpty()).count();
        long calls = pieces.size() - lines;
        Told all = told(apart);
        assertThat(all.joined() + all.alone() + all.held()).as(what).isEqualTo(calls);
        assertThat(total(apart).responses()).as(what).isEqualTo(lines + all.alone());
      }
    }
  }

  private static UsageStore open(Path place) {
    return SqliteStore.open(place, PriceBook::builtIn);
  }

  /// Some lines and some calls, of few sessions and prompts, within minutes or hours.
  private static List<Batch> pieces(Random random) {
    List<Batch> pieces = new ArrayList<>();
    int seconds = random.nextBoolean() ? 120 : 9_000;
    for (int i = 0; i < 14; i++) {
      Instant at = NOON.plusSeconds(random.nextInt(seconds));
      String session = "s" + random.nextInt(2);
      long input = 10 + random.nextInt(2);
      if (random.nextInt(4) > 0) {
        pieces.add(of(line("msg_" + i, session, at, input, random.nextInt(5) == 0)));
      }
      if (random.nextInt(4) > 0) {
        String source = random.nextInt(3) == 0 ? "compact" : random.nextBoolean() ? "" : "sdk";
        Duration took = Duration.ofSeconds(random.nextInt(seconds / 8));
        pieces.add(of(call(session, at.plusMillis(random.nextInt(900)), input, source, took)));
      }
    }
    return pieces;
  }

  private static List<Batch> merged(List<Batch> pieces) {
    Map<EventKey, UsageEvent> events = new LinkedHashMap<>();
    List<ApiCall> calls = new ArrayList<>();
    for (Batch piece : pieces) {
      piece.events().forEach(event -> events.put(event.key(), event));
      calls.addAll(piece.calls());
    }
    return List.of(batch(List.copyOf(events.values()), calls));
  }

  private static List<Batch> shuffled(List<Batch> pieces, Random random) {
    List<Batch> all = new ArrayList<>(pieces);
    pieces.stream().filter(_ -> random.nextInt(3) == 0).forEach(all::add);
    Collections.shuffle(all, random);
    return all;
  }

  private static UsageEvent line(
      String message, String session, Instant at, long input, boolean forked) {
    var origin = new Origin.Line("/projects/p/" + session + ".jsonl", at.toEpochMilli());
    return new UsageEvent(
        new EventKey(message, ""),
        new Completion(at, 500),
        new Usage(
            "claude-opus-5",
            new TokenCounts(input, 500, 100, 0, 3_000),
            0,
            0,
            BillingTerms.UNSTATED,
            "end_turn",
            null),
        new Attribution(
            new SessionId(session), new ProjectName("p"), "main", "", false, forked, at, origin),
        false,
        origin,
        List.of());
  }

  private static ApiCall call(
      String session, Instant at, long input, String source, Duration took) {
    return new ApiCall(
        session + " " + at + " " + input,
        "",
        new SessionId(session),
        at,
        took,
        "claude-opus-5",
        new TokenCounts(input, 500, 100, 0, 3_000),
        true,
        false,
        source,
        "",
        "",
        null);
  }

  private static Batch of(UsageEvent event) {
    return batch(List.of(event), List.of());
  }

  private static Batch of(ApiCall call) {
    return batch(List.of(), List.of(call));
  }

  private static Batch batch(List<UsageEvent> events, List<ApiCall> calls) {
    return new Batch(
        DeviceId.THIS, events, List.of(), List.of(), List.of(), calls, List.of(), null);
  }

  private static Told told(UsageStore store) {
    return store.told(TimeRange.ALL).getOrDefault(DeviceId.THIS, Told.NONE);
  }

  private static Totals total(UsageStore store) {
    return store.sums(TimeRange.ALL, Set.of()).stream()
        .map(slice -> slice.totals())
        .reduce(Totals.ZERO, Totals::plus);
  }
}

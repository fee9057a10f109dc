package dev.claudometer.store;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
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
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.meter.MeterReading;
import dev.claudometer.store.quality.Gaps;
import dev.claudometer.store.quality.Told;
import dev.claudometer.usage.Copies;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store promises about two witnesses of one response: a transcript, and telemetry.
public abstract class CallContract {

  private static final Duration TOOK = Duration.ofSeconds(3);

  private Path place;

  /// Opens the store at a place, and makes it where there is none.
  protected abstract UsageStore open(Path place, PriceBook prices);

  @BeforeEach
  void in(@TempDir Path directory) {
    place = directory.resolve("calls");
  }

  private UsageStore open() {
    return open(place, PriceBook.builtIn());
  }

  @Test
  void callThatATranscriptHasIsOneResponse() {
    try (var store = open()) {
      store.append(of(line("msg_1", "req_1", "s", NOON, 500, "end_turn")));
      store.append(of(call("req_1", "s", NOON, 500, "sdk")));
      assertThat(total(store))
          .extracting(Totals::responses, sum -> sum.tokens().output())
          .containsExactly(1L, 500L);
      assertThat(told(store)).isEqualTo(new Told(1, 0, 0));
    }
  }

  @Test
  void callThatNoTranscriptHasIsAResponseOfItsSessionsProject() {
    try (var store = open()) {
      store.append(of(call("req_2", "s", NOON.plusSeconds(60), 700, "compact")));
      store.append(of(line("msg_1", "req_1", "s", NOON, 500, "end_turn")));
      assertThat(store.sums(TimeRange.ALL, Set.of(Dimension.PROJECT)))
          .extracting(Slice::project, sum -> sum.totals().responses())
          .containsExactly(tuple(new ProjectName("p"), 2L));
      assertThat(total(store).tokens().output()).isEqualTo(1_200);
      assertThat(told(store)).isEqualTo(new Told(0, 1, 0));
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void telemetryTellsWhatALineThatWasWrittenInTheStreamDoesNot() {
    try (var store = open()) {
      store.append(of(line("msg_1", "req_1", "s", NOON, 4, null)));
      assertThat(total(store).unfinalised()).isEqualTo(1);
      store.append(of(call("req_1", "s", NOON, 8_988, "agent:custom")));
      assertThat(total(store))
          .extracting(Totals::responses, Totals::unfinalised, sum -> sum.tokens().output())
          .containsExactly(1L, 0L, 8_988L);
    }
  }

  @Test
  void finishedLineTellsMoreThanTelemetry() {
    try (var store = open()) {
      store.append(of(call("req_1", "s", NOON, 1, "sdk")));
      store.append(of(line("msg_1", "req_1", "s", NOON, 500, "end_turn")));
      assertThat(total(store).tokens().output()).isEqualTo(500);
      assertThat(store.events(new EventFilter.ById("msg_1")).getFirst().event().origin())
          .isInstanceOf(Origin.Line.class);
    }
  }

  /// Two searches at $0.01 each, in dollars of the client: $0.0075 for 1,500 output tokens at $5 a
  /// million is what Haiku 4.5 costs, and $0.0275 is what the client says.
  @Test
  void searchesAreWhatTheClientReckonedBeyondTheTokens() {
    var tokens = new TokenCounts(0, 1_500, 0, 0, 0);
    var search =
        new ApiCall(
            "req_9",
            "req_9",
            new SessionId("s"),
            NOON,
            TOOK,
            "claude-haiku-4-5-20251001",
            tokens,
            true,
            false,
            "web_search_tool",
            "",
            "",
            new Usd(27_500_000));
    try (var store = open()) {
      store.append(of(search));
      assertThat(total(store))
          .extracting(Totals::webSearches, Totals::calculated)
          .containsExactly(2L, new Usd(27_500_000));
    }
  }

  @Test
  void unnamedCallIsTheResponseOfItsSessionWithTheSamePrompt() {
    try (var store = open()) {
      store.append(of(line("msg_1", "req_1", "s", NOON, 4, null)));
      store.append(of(unnamed("s", NOON.plusMillis(400), 10, 900, "")));
      assertThat(total(store))
          .extracting(Totals::responses, sum -> sum.tokens().output())
          .containsExactly(1L, 900L);
      assertThat(told(store)).isEqualTo(new Told(1, 0, 0));
    }
  }

  @Test
  void unnamedCallThatATranscriptMayHoldIsHeldBackWhicheverComesFirst() {
    UsageEvent written = line("msg_1", "req_1", "s", NOON, 500, "end_turn");
    ApiCall other = unnamed("s", NOON.plusSeconds(1), 77, 900, "");
    for (List<Batch> order :
        List.of(List.of(of(written), of(other)), List.of(of(other), of(written)))) {
      place = place.resolveSibling("held" + order.getFirst().calls().size());
      try (var store = open()) {
        order.forEach(store::append);
        assertThat(total(store))
            .extracting(Totals::responses, sum -> sum.tokens().output())
            .containsExactly(1L, 500L);
        assertThat(told(store)).isEqualTo(new Told(0, 0, 1));
        assertThat(store.verify()).isEmpty();
      }
    }
  }

  /// A compaction by a client that does not say what its calls are for.
  @Test
  void unnamedCallCountsWhereEveryResponseOfItsTimeIsAnotherCall() {
    try (var store = open()) {
      store.append(of(line("msg_1", "req_1", "s", NOON, 4, null)));
      store.append(of(unnamed("s", NOON.plusMillis(300), 10, 500, "")));
      store.append(of(unnamed("s", NOON.plusSeconds(1), 77, 900, "")));
      store.append(of(unnamed("s", NOON.plusSeconds(90), 78, 30, "")));
      assertThat(total(store))
          .extracting(Totals::responses, sum -> sum.tokens().output())
          .containsExactly(3L, 1_430L);
      assertThat(told(store)).isEqualTo(new Told(1, 2, 0));
    }
  }

  @Test
  void unnamedCallOfASessionWithoutATranscriptCounts() {
    try (var store = open()) {
      store.append(of(unnamed("s", NOON, 77, 900, "")));
      assertThat(total(store).responses()).isEqualTo(1);
      assertThat(told(store)).isEqualTo(new Told(0, 1, 0));
    }
  }

  /// A provider that names no requests: what the client says a call was for decides. A helper's
  /// call has no transcript, so it counts, also while a response of its time is unexplained.
  @Test
  void unnamedHelpersCallCountsAndUnnamedConversationIsHeldBackWhereATranscriptIsKnown() {
    List<Batch> come =
        List.of(
            of(line("msg_1", "", "s", NOON, 500, "end_turn")),
            of(unnamed("s", NOON.plusSeconds(1), 77, 900, "compact")),
            of(unnamed("s", NOON.plusSeconds(600), 78, 40, "sdk")),
            of(unnamed("t", NOON.plusSeconds(600), 79, 3, "sdk")));
    for (int first = 0; first < come.size(); first++) {
      List<Batch> order = new ArrayList<>(come);
      Collections.rotate(order, first);
      try (var store = open(place.resolveSibling("provider" + first), PriceBook.builtIn())) {
        order.forEach(store::append);
        assertThat(total(store))
            .extracting(Totals::responses, sum -> sum.tokens().output())
            .containsExactly(3L, 1_403L);
        assertThat(told(store)).isEqualTo(new Told(0, 2, 1));
        assertThat(store.verify()).isEmpty();
      }
    }
  }

  /// Two answers to one prompt, six seconds apart, and their calls, which took three seconds.
  @Test
  void repeatedPromptsAreToldApartByTime() {
    List<Batch> come =
        List.of(
            of(line("msg_1", "req_1", "s", NOON, 4, null)),
            of(line("msg_2", "req_2", "s", NOON.plusSeconds(6), 4, null)),
            of(unnamed("s", NOON.plusMillis(300), 10, 700, "")),
            of(unnamed("s", NOON.plusMillis(6_200), 10, 900, "")));
    for (int seed = 0; seed < 12; seed++) {
      List<Batch> order = new ArrayList<>(come);
      Collections.shuffle(order, new Random(seed));
      try (var store = open(place.resolveSibling("repeated" + seed), PriceBook.builtIn())) {
        order.forEach(store::append);
        assertThat(store.entries(TimeRange.ALL, Where.ANY))
            .extracting(entry -> entry.totals().tokens().output())
            .containsExactlyInAnyOrder(700L, 900L);
        assertThat(told(store)).isEqualTo(new Told(2, 0, 0));
      }
    }
  }

  /// Two answers at once to one prompt, of which telemetry tells twice: never three.
  @Test
  void repeatedPromptsAtOnceAreNeverCountedTwice() {
    try (var store = open()) {
      store.append(of(line("msg_1", "req_1", "s", NOON, 500, "end_turn")));
      store.append(of(unnamed("s", NOON.plusMillis(300), 10, 500, "")));
      store.append(of(unnamed("s", NOON.plusMillis(800), 10, 500, "")));
      assertThat(total(store).responses()).isEqualTo(1);
      assertThat(told(store)).isEqualTo(new Told(1, 0, 1));
      store.append(of(line("msg_2", "req_2", "s", NOON.plusMillis(600), 500, "end_turn")));
      assertThat(total(store).responses()).isEqualTo(2);
      assertThat(told(store)).isEqualTo(new Told(2, 0, 0));
    }
  }

  /// Old forks tell of their history as their own; here nobody knows the session that it was.
  @Test
  void unnamedCallIsTheCopyThatAForkTellsOf() {
    UsageEvent copy = forked(line("msg_1", "req_1", "fork", NOON, 4, null));
    ApiCall call = unnamed("s", NOON.plusMillis(300), 10, 700, "");
    for (List<Batch> order : List.of(List.of(of(copy), of(call)), List.of(of(call), of(copy)))) {
      place = place.resolveSibling("fork" + order.getFirst().calls().size());
      try (var store = open()) {
        order.forEach(store::append);
        assertThat(total(store))
            .extracting(Totals::responses, sum -> sum.tokens().output())
            .containsExactly(1L, 700L);
      }
    }
  }

  private static UsageEvent forked(UsageEvent line) {
    Attribution by = line.attribution();
    return new UsageEvent(
        line.key(),
        line.completion(),
        line.usage(),
        new Attribution(
            by.session(),
            by.project(),
            by.branch(),
            by.agent(),
            by.sidechain(),
            true,
            by.at(),
            by.origin()),
        line.progress(),
        line.origin(),
        line.tools());
  }

  /// A client that keeps its sessions to itself, behind a provider that names no requests.
  @Test
  void callWithoutRequestAndSessionIsHeldBackUnlessItIsAHelpers() {
    try (var store = open()) {
      store.append(of(unnamed("", NOON, 10, 500, "sdk")));
      store.append(of(unnamed("", NOON.plusSeconds(5), 10, 30, "compact")));
      assertThat(total(store).tokens().output()).isEqualTo(30);
      assertThat(told(store)).isEqualTo(new Told(0, 1, 1));
    }
  }

  /// A running sum of 5, then 8, then the first point again; a machine's own is sent once more.
  @Test
  void runningSumIsTheLargestThatWasTold() {
    try (var store = open()) {
      for (long value : new long[] {5, 8, 5}) {
        store.append(
            new Batch(
                DeviceId.THIS,
                List.of(),
                List.of(
                    new Activity(
                        ActivityKind.LINES_OF_CODE,
                        "series",
                        NOON.plusSeconds(value),
                        new SessionId("s"),
                        ProjectName.NONE,
                        "added",
                        value)),
                List.of(),
                List.of(),
                List.of()));
      }
      assertThat(store.activities(TimeRange.ALL))
          .containsExactly(new ActivityCount(ActivityKind.LINES_OF_CODE, "added", 1, 8));
      assertThat(store.meters(-1).readings())
          .filteredOn(reading -> reading.meter() == Meter.TOLD)
          .extracting(MeterReading::name, MeterReading::most)
          .containsExactly(tuple("LINES_OF_CODE added", 8L));
      assertThat(store.outbox().changes(0, 10).observations())
          .extracting(one -> ((Activity) one).value())
          .containsExactly(8L);
    }
  }

  /// A session on `main` for an hour, then on `fix`: lines of 5, 30 and 70 minutes after its begin.
  /// Of another session nothing but the sums is known.
  @Test
  void clientsSumsAreOfThePlaceThatTheSessionWasInThen() {
    try (var store = open()) {
      store.append(of(line("msg_1", "req_1", "s", NOON, 500, "end_turn")));
      store.append(of(line("msg_2", "req_2", "s", NOON.plusSeconds(3_500), 500, "end_turn")));
      store.append(
          of(onBranch("fix", line("msg_3", "req_3", "s", NOON.plusSeconds(3_600), 1, "end_turn"))));
      store.append(
          new Batch(
              DeviceId.THIS,
              List.of(),
              List.of(
                  lines("s", 300, 4), lines("s", 1_800, 3), lines("s", 4_200, 2), lines("t", 9, 8)),
              List.of(),
              List.of(),
              List.of()));
      var hours = new TimeRange(NOON, NOON.plusSeconds(7_200));
      assertThat(store.clientSums(hours, Where.ANY))
          .extracting(
              each -> each.project().text(), WorkQueries.ClientSum::branch, each -> each.value())
          .containsExactlyInAnyOrder(
              tuple("p", "main", 7L), tuple("p", "fix", 2L), tuple("", "", 8L));
      assertThat(store.clientSums(hours, Where.of(Dimension.BRANCH, "fix")))
          .extracting(WorkQueries.ClientSum::value)
          .containsExactly(2L);
      assertThat(store.clientSums(hours, Where.of(Dimension.MODEL, "claude-opus-5"))).isEmpty();
    }
  }

  private static Activity lines(String session, long second, long value) {
    return new Activity(
        ActivityKind.LINES_OF_CODE,
        session + second,
        NOON.plusSeconds(second),
        new SessionId(session),
        ProjectName.NONE,
        "added",
        value);
  }

  private static UsageEvent onBranch(String branch, UsageEvent line) {
    Attribution by = line.attribution();
    return new UsageEvent(
        line.key(),
        line.completion(),
        line.usage(),
        new Attribution(
            by.session(),
            by.project(),
            branch,
            by.agent(),
            by.sidechain(),
            by.forked(),
            by.at(),
            by.origin()),
        line.progress(),
        line.origin(),
        line.tools());
  }

  @Test
  void callsAreToldByTheEffortThatWasAskedFor() {
    try (var store = open()) {
      store.append(of(call("req_1", "s", NOON, 500, "sdk")));
      store.append(of(call("req_2", "s", NOON.plusSeconds(60), 700, "compact")));
      assertThat(store.efforts(TimeRange.ALL, Where.ANY))
          .containsExactly(
              new WorkQueries.EffortUse(
                  "medium", "claude-opus-5", 2, new TokenCounts(20, 1_200, 200, 0, 6_000)));
      assertThat(store.efforts(TimeRange.ALL, Where.of(Dimension.SESSION, "t"))).isEmpty();
    }
  }

  /// 500 of a transcript and 700 of telemetry, whatever is asked.
  @Test
  void questionsTellTheWitnessesApart() {
    try (var store = open()) {
      store.append(of(line("msg_1", "req_1", "s", NOON, 500, "end_turn")));
      store.append(of(call("req_2", "s", NOON.plusSeconds(60), 700, "compact")));
      var hour = new TimeRange(NOON, NOON.plusSeconds(3_600));
      for (Source source : Source.values()) {
        Where where = Where.ANY.of(source);
        long output =
            switch (source) {
              case ALL -> 1_200;
              case TRANSCRIPTS -> 500;
              case TELEMETRY -> 700;
            };
        for (TimeRange range : List.of(TimeRange.ALL, hour)) {
          assertThat(output(store.sums(range, where, Set.of(Dimension.MODEL)))).isEqualTo(output);
          assertThat(store.sessionCount(range, where)).isEqualTo(1);
          SessionPage.Row row =
              store
                  .sessions(new SessionQuery(range, where, null, SessionQuery.Order.LAST, null, 5))
                  .rows()
                  .getFirst();
          assertThat(row.totals().tokens().output()).isEqualTo(output);
          assertThat(
                  store.entries(range, where).stream()
                      .mapToLong(entry -> entry.totals().tokens().output())
                      .sum())
              .isEqualTo(output);
          assertThat(store.branchSessions(range, where)).hasSizeBetween(1, 2);
          assertThat(store.pullRequests(range, where, 5)).isEmpty();
        }
        assertThat(
                store
                    .series(hour, new Step(Duration.ofHours(1), Duration.ZERO), where, Set.of())
                    .stream()
                    .mapToLong(point -> point.slice().totals().tokens().output())
                    .sum())
            .isEqualTo(output);
      }
    }
  }

  /// Of a session whose first response telemetry tells of, it does not tell of the second; no
  /// transcript has the call of a subagent, and none would have a compaction.
  @Test
  void witnessesProveWhatTheOtherLacks() {
    try (var store = open()) {
      store.append(of(line("msg_0", "req_0", "before", NOON, 500, "end_turn")));
      store.append(
          of(
              line(
                  "msg_01XFDUDYJgAACzvnptvVoYEL",
                  "req_011CSHoEeqs5C35K2UUqR7Fy",
                  "s",
                  NOON,
                  500,
                  "end_turn")));
      store.append(of(line("msg_2", "req_2", "s", NOON.plusSeconds(60), 500, "end_turn")));
      store.append(of(line("msg_3", "req_3", "s", NOON.plusSeconds(90), 4, null)));
      store.append(of(call("req_011CSHoEeqs5C35K2UUqR7Fy", "s", NOON.plusMillis(300), 500, "sdk")));
      store.append(of(call("req_8", "s", NOON.plusSeconds(70), 500, "agent:custom")));
      store.append(of(call("req_9", "s", NOON.plusSeconds(80), 500, "compact")));
      assertThat(store.gaps()).isEqualTo(Map.of(DeviceId.THIS, new Gaps(0, 1, 1, 0)));
    }
  }

  @Test
  void callOfAResponseThatIsForgottenIsNotCountedAgain() {
    try (var store = open()) {
      store.append(of(line("msg_1", "req_1", "s", NOON, 500, "end_turn")));
      store.forget(NOON.plusSeconds(1));
      store.append(of(call("req_1", "s", NOON.plusMillis(300), 500, "sdk")));
      assertThat(total(store).responses()).isEqualTo(1);
    }
  }

  /// Responses of which some lines and some events are lost come in any order, more than once, in
  /// batches of any size: the store says what was counted on paper.
  @Test
  void anyOrderRepetitionAndLossGivesTheUnion() {
    for (int seed = 0; seed < 40; seed++) {
      var random = new Random(seed);

      var truth = new Witnessed();
      for (int i = 0; i < 12; i++) {
        truth.response(random, i);
      }
      try (var together = open(place.resolveSibling("together" + seed), PriceBook.builtIn());
          var apart = open(place.resolveSibling("apart" + seed), PriceBook.builtIn())) {
        together.append(
            new Batch(
                DeviceId.THIS,
                truth.lines(),
                List.of(),
                List.of(),
                List.of(),
                truth.calls,
                List.of(),
                null));
        truth.pieces(random).forEach(apart::append);
        assertThat(total(apart).tokens().output()).as("seed " + seed).isEqualTo(truth.output);
        assertThat(total(apart).responses()).isEqualTo(truth.responses);
        Set<Dimension> all = EnumSet.allOf(Dimension.class);
        assertThat(new HashSet<>(apart.sums(TimeRange.ALL, all)))
            .isEqualTo(new HashSet<>(together.sums(TimeRange.ALL, all)));
        assertThat(told(apart)).isEqualTo(told(together));
        assertThat(apart.verify()).isEmpty();
      }
    }
  }

  /// Responses, what tells of each, and what that comes to.
  private static final class Witnessed {
    private final List<UsageEvent> lines = new ArrayList<>();
    private final List<ApiCall> calls = new ArrayList<>();
    private long output;
    private long responses;

    void response(Random random, int number) {
      String session = "s" + random.nextInt(3);
      boolean named = random.nextBoolean();
      boolean written = random.nextInt(3) > 0;
      boolean ended = written && random.nextBoolean();
      boolean toldOf = random.nextInt(3) > 0;
      Instant at = NOON.plusSeconds(8L * number);
      long all = 1_000 + number;
      if (written) {
        lines.add(line("msg_" + number, named ? "req_" + number : "", session, at, 4, null));
      }
      if (ended) {
        lines.add(
            line("msg_" + number, named ? "req_" + number : "", session, at, all, "end_turn"));
      }
      if (toldOf) {
        String source = written ? "sdk" : "compact";
        calls.add(
            named
                ? call("req_" + number, session, at.plusMillis(200), all, source)
                : unnamed(session, at.plusMillis(200), 10, all, source));
      }
      if (written || toldOf) {
        responses++;
        output += ended || toldOf ? all : 4;
      }
    }

    List<UsageEvent> lines() {
      Map<EventKey, UsageEvent> byKey = new LinkedHashMap<>();
      lines.forEach(line -> byKey.merge(line.key(), line, Copies::join));
      return List.copyOf(byKey.values());
    }

    /// Everything once, a third of it twice, one by one or some together.
    List<Batch> pieces(Random random) {
      List<Batch> pieces = new ArrayList<>();
      for (UsageEvent line : lines) {
        pieces.add(of(line));
      }
      for (ApiCall call : calls) {
        pieces.add(of(call));
      }
      for (Batch piece : List.copyOf(pieces)) {
        if (random.nextInt(3) == 0) {
          pieces.add(piece);
        }
      }
      Collections.shuffle(pieces, random);
      return pieces;
    }
  }

  private static UsageEvent line(
      String message,
      String request,
      String session,
      Instant at,
      long output,
      @Nullable String stopReason) {
    var origin = new Origin.Line("/projects/p/" + session + ".jsonl", output);
    return new UsageEvent(
        new EventKey(message, request),
        new Completion(at, output),
        new Usage(
            "claude-opus-5",
            new TokenCounts(10, output, 100, 0, 3_000),
            0,
            0,
            BillingTerms.UNSTATED,
            stopReason,
            null),
        new Attribution(
            new SessionId(session), new ProjectName("p"), "main", "", false, false, at, origin),
        false,
        origin,
        List.of());
  }

  private static ApiCall call(
      String request, String session, Instant at, long output, String source) {
    return call(request, request, session, at, 10, output, source);
  }

  private static ApiCall unnamed(
      String session, Instant at, long input, long output, String source) {
    return call(session + " " + at, "", session, at, input, output, source);
  }

  private static ApiCall call(
      String id,
      String request,
      String session,
      Instant at,
      long input,
      long output,
      String source) {
    return new ApiCall(
        id,
        request,
        new SessionId(session),
        at,
        TOOK,
        "claude-opus-5",
        new TokenCounts(input, output, 100, 0, 3_000),
        true,
        false,
        source,
        "",
        "medium",
        null);
  }

  private static Batch of(UsageEvent event) {
    return new Batch(DeviceId.THIS, List.of(event), List.of(), List.of(), List.of(), List.of());
  }

  private static Batch of(ApiCall call) {
    return new Batch(
        DeviceId.THIS, List.of(), List.of(), List.of(), List.of(), List.of(call), List.of(), null);
  }

  private static long output(List<Slice> slices) {
    return slices.stream().mapToLong(slice -> slice.totals().tokens().output()).sum();
  }

  private static Told told(UsageStore store) {
    return store.told(TimeRange.ALL).getOrDefault(DeviceId.THIS, Told.NONE);
  }

  private static Totals total(UsageStore store) {
    List<Slice> sums = store.sums(TimeRange.ALL, Set.of());
    return sums.isEmpty() ? Totals.ZERO : sums.getFirst().totals();
  }
}

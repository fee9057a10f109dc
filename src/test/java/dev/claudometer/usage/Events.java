package dev.claudometer.usage;

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
import dev.claudometer.model.Usd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes copies of responses: plain ones, and random ones that differ in few values, so that they
/// meet often.
public final class Events {

  public static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private static final String[] MODELS = {
    "claude-opus-5", "claude-haiku-4-5-20251001", "claude-nova-9"
  };
  private static final BillingTerms[] TERMS = {
    BillingTerms.UNSTATED,
    new BillingTerms("standard", "standard", "not_available"),
    new BillingTerms("standard", "fast", "us")
  };
  private static final String[] STOPS = {null, null, "end_turn", "tool_use"};
  private static final Usd[] REPORTED = {null, null, null, new Usd(5_000_000), new Usd(7_000_000)};

  private static final List<List<TokenCounts>> ROUNDS =
      List.of(
          List.of(),
          List.of(new TokenCounts(1, 2, 3, 4, 5), new TokenCounts(6, 0, 0, 0, 9)),
          List.of(new TokenCounts(1, 2, 3, 4, 5), TokenCounts.ZERO, TokenCounts.ZERO));

  private Events() {}

  /// A finished answer of the main conversation.
  public static UsageEvent event(String message, String request, Instant at, long output) {
    return event(message, request, at, output, "session-1", false);
  }

  public static UsageEvent event(
      String message, String request, Instant at, long output, String session, boolean sidechain) {
    var origin = new Origin.Line("/projects/p/" + session + ".jsonl", output);
    return new UsageEvent(
        new EventKey(message, request),
        new Completion(at, output),
        new Usage(
            "claude-opus-5",
            new TokenCounts(10, output, 0, 0, 0),
            0,
            0,
            BillingTerms.UNSTATED,
            "end_turn",
            null),
        new Attribution(
            new SessionId(session), new ProjectName("p"), "main", "", sidechain, false, at, origin),
        false,
        origin,
        List.of());
  }

  /// A copy whose every part but the key is drawn from a few values.
  public static UsageEvent random(Random random, EventKey key) {
    Origin origin = origin(random);
    long output = random.nextInt(4);
    List<ToolUse> tools = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      tools.add(new ToolUse("toolu_" + random.nextInt(3), "Bash"));
    }
    return new UsageEvent(
        key,
        new Completion(instant(random), output),
        new Usage(
            pick(random, MODELS),
            new TokenCounts(
                random.nextInt(3),
                output,
                random.nextInt(3),
                random.nextInt(3),
                random.nextInt(3) * 1000L),
            random.nextInt(2),
            random.nextInt(2),
            random.nextInt(3) - 1,
            pick(random, TERMS),
            pick(random, STOPS),
            pick(random, REPORTED),
            ROUNDS.get(random.nextInt(ROUNDS.size()))),
        new Attribution(
            new SessionId("session-" + random.nextInt(3)),
            new ProjectName("project-" + random.nextInt(2)),
            random.nextBoolean() ? "main" : "",
            random.nextInt(3) == 0 ? "a1" : "",
            random.nextInt(3) == 0,
            random.nextInt(4) == 0,
            instant(random),
            origin),
        random.nextInt(5) == 0,
        origin,
        tools);
  }

  /// One of a few keys; several share a message id, and some are parts of a response.
  public static EventKey randomKey(Random random, int messages) {
    String request = random.nextInt(4) == 0 ? "" : "req_" + random.nextInt(3);
    int part = random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0;
    return new EventKey("msg_" + random.nextInt(messages), request, part);
  }

  private static Origin origin(Random random) {
    return random.nextInt(5) == 0
        ? new Origin.Sent("telemetry", instant(random))
        : new Origin.Line("/projects/p/" + random.nextInt(3) + ".jsonl", random.nextInt(4) * 100L);
  }

  private static Instant instant(Random random) {
    return NOON.plusSeconds(random.nextInt(5) * 600L);
  }

  private static <T> T pick(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }
}

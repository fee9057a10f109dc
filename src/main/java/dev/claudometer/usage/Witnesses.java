package dev.claudometer.usage;

import dev.claudometer.model.ApiCall;
import dev.claudometer.model.Attribution;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.Completion;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Joins two witnesses of one response: what Claude Code's telemetry tells of a call, and what
/// transcripts tell of it.
///
/// A finalised line of a transcript tells more (region, tier, searches, project, branch) and wins;
/// telemetry wins over a line that was written while the answer still came; a call that only
/// telemetry knows is an event by itself.
public final class Witnesses {

  /// Clocks of a client's parts differ by less; measured: 0.00 to 0.78 s.
  private static final Duration SLACK = Duration.ofSeconds(2);

  private static final long NANOS_PER_SEARCH = 10_000_000;
  private static final long MOST_SEARCHES = 1_000;

  private Witnesses() {}

  /// The key of a call as long as no transcript tells of it.
  public static EventKey key(ApiCall call) {
    return EventKey.ofCall(call.id(), call.requestId());
  }

  /// The response once more, as telemetry tells of it: another copy for [Copies]. No call has ended
  /// before its response was written; so a response stays where it is for other calls to be
  /// compared with.
  public static UsageEvent copy(UsageEvent response, ApiCall call) {
    Usage usage = response.usage();
    return new UsageEvent(
        response.key(),
        new Completion(
            call.at().isBefore(response.at()) ? response.at() : call.at(), call.tokens().output()),
        new Usage(
            usage.model(),
            tokens(call, usage.tokens()),
            usage.webSearches(),
            usage.webFetches(),
            usage.thinking(),
            usage.terms(),
            Usage.ENDED,
            null,
            List.of()),
        response.attribution(),
        response.progress(),
        origin(call),
        response.tools());
  }

  /// The transcript tells how long the cache keeps, also while the answer still comes.
  private static TokenCounts tokens(ApiCall call, TokenCounts written) {
    TokenCounts told = call.tokens();
    return call.split() || told.cacheWrite() != written.cacheWrite()
        ? told
        : new TokenCounts(
            told.input(),
            told.output(),
            written.cacheWrite5m(),
            written.cacheWrite1h(),
            told.cacheRead());
  }

  /// The event of a call that no transcript has.
  ///
  /// @param project of its session, empty where that is unknown
  /// @param webSearches see [#searches]
  public static UsageEvent alone(ApiCall call, ProjectName project, int webSearches) {
    return new UsageEvent(
        key(call),
        new Completion(call.at(), call.tokens().output()),
        new Usage(
            call.model(),
            call.tokens(),
            webSearches,
            0,
            new BillingTerms("", call.fast() ? "fast" : "", ""),
            Usage.ENDED,
            null),
        new Attribution(
            call.session(),
            project,
            "",
            call.agent(),
            call.subagent(),
            false,
            call.at(),
            origin(call)),
        false,
        origin(call),
        List.of());
  }

  /// Who tells of it.
  public static Origin origin(ApiCall call) {
    return Origin.Sent.telemetry(call.source(), call.at());
  }

  /// How many web searches a call made, which telemetry does not tell: what the client reckoned
  /// beyond its tokens, if that is a whole number of searches.
  ///
  /// @param price of the tokens alone, null where it is unknown
  public static int searches(ApiCall call, @Nullable Usd price) {
    if (call.cost() == null || price == null) {
      return 0;
    }
    long micros = Math.round((call.cost().nanos() - price.nanos()) / 1000.0);
    long searches = micros * 1000 / NANOS_PER_SEARCH;
    boolean whole = Math.abs(micros * 1000 - searches * NANOS_PER_SEARCH) <= 1000;
    return whole && searches >= 1 && searches <= MOST_SEARCHES ? (int) searches : 0;
  }

  /// When a response that the call may be was written at the earliest and at the latest.
  public static Instant earliest(ApiCall call) {
    return call.at().minus(call.duration());
  }

  public static Instant latest(ApiCall call) {
    return call.at().plus(SLACK);
  }

  /// Whether a call that the client does not name may be a response: by the same model and agent,
  /// with the same prompt, within the time that the call took, in its session or in a fork's copy
  /// of it. Outputs say nothing, since old clients wrote placeholders.
  public static boolean mayBe(ApiCall call, UsageEvent response) {
    TokenCounts told = call.tokens();
    TokenCounts written = response.usage().tokens();
    return response.key().isResponse()
        && during(call, response)
        && response.usage().model().equals(call.model())
        && sameAgent(call.agent(), response.attribution().agent())
        && written.input() == told.input()
        && written.cacheRead() == told.cacheRead()
        && written.cacheWrite() == told.cacheWrite();
  }

  /// Whether a response came while a call went on, in its session or in a fork's copy of it.
  public static boolean during(ApiCall call, UsageEvent response) {
    return ofSession(call, response)
        && !response.at().isBefore(earliest(call))
        && !response.at().isAfter(latest(call));
  }

  /// Forks of old clients tell of their history as if it were their own.
  private static boolean ofSession(ApiCall call, UsageEvent response) {
    return response.attribution().session().equals(call.session())
        || response.attribution().forked();
  }

  private static boolean sameAgent(String told, String written) {
    return told.isEmpty() || written.isEmpty() || told.equals(written);
  }
}

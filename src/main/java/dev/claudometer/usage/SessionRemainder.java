package dev.claudometer.usage;

import dev.claudometer.model.CostBasis;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.SessionTotal.ModelTotal;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What Claude Code booked for a session beyond the responses in its transcript: compaction, web
/// searches, hooks, titles, broken streams. It is shown beside the counted usage and never added to
/// it.
///
/// @param cost Claude Code's own dollars for the session, a fork's without its parent's
/// @param costKnown false where Claude Code met a model that it had no price for
/// @param basis at whose prices Claude Code computed its dollars
/// @param linesAdded by Claude Code in the session, without a fork's parent's; so the next
/// @param byModel tokens beyond the counted ones, by model; negative where a transcript holds more
///   than was booked
public record SessionRemainder(
    Usd cost,
    boolean costKnown,
    CostBasis basis,
    long linesAdded,
    long linesRemoved,
    Map<String, TokenCounts> byModel) {

  /// Totals name `claude-opus-5[1m]` what transcripts name `claude-opus-5`.
  private static final String CONTEXT = "[1m]";

  /// Reports name `claude-opus-5-fast` what totals name `claude-opus-5`.
  private static final String FAST = "-fast";

  private static final Comparator<SessionTotal> BY_PLACE =
      Comparator.comparingLong(total -> total.origin().offset());

  /// The remainder of a session; null where Claude Code left no total for it.
  ///
  /// @param totals the running totals of every session
  /// @param counted counted usage by session and model
  public static @Nullable SessionRemainder of(
      SessionId session, List<SessionTotal> totals, Map<SessionId, Map<String, Totals>> counted) {
    List<SessionTotal> own =
        totals.stream().filter(total -> total.session().equals(session)).toList();
    if (own.isEmpty()) {
      return null;
    }
    SessionTotal last = own.stream().max(BY_PLACE).orElseThrow();
    SessionTotal inherited = inherited(own.stream().min(BY_PLACE).orElseThrow(), totals);
    var byModel = new TreeMap<String, TokenCounts>();
    last.models().forEach(model -> add(byModel, model, 1));
    if (inherited != null) {
      inherited.models().forEach(model -> add(byModel, model, -1));
    }
    counted
        .getOrDefault(session, Map.of())
        .forEach(
            (model, sum) ->
                byModel.merge(
                    without(FAST, model), TokenCounts.ZERO.minus(sum.tokens()), TokenCounts::plus));
    byModel.values().removeIf(TokenCounts.ZERO::equals);
    if (inherited == null) {
      return new SessionRemainder(
          last.cost(),
          last.costKnown(),
          last.basis(),
          last.linesAdded(),
          last.linesRemoved(),
          byModel);
    }
    return new SessionRemainder(
        last.cost().minus(inherited.cost()),
        last.costKnown(),
        last.basis().and(inherited.basis()),
        last.linesAdded() - inherited.linesAdded(),
        last.linesRemoved() - inherited.linesRemoved(),
        byModel);
  }

  /// What a fork began with: it carries on its parent's start, elapsed time and totals, so it is
  /// the parent's last total before the fork's first one.
  private static @Nullable SessionTotal inherited(SessionTotal first, List<SessionTotal> totals) {
    return totals.stream()
        .filter(total -> !total.session().equals(first.session()))
        .filter(total -> total.startedAt().equals(first.startedAt()))
        .filter(total -> total.elapsed().compareTo(first.elapsed()) <= 0)
        .filter(total -> total.cost().compareTo(first.cost()) <= 0)
        .max(Comparator.comparing(SessionTotal::elapsed).thenComparing(SessionTotal::cost))
        .orElse(null);
  }

  private static void add(Map<String, TokenCounts> sums, ModelTotal model, int sign) {
    TokenCounts tokens = sign > 0 ? model.tokens() : TokenCounts.ZERO.minus(model.tokens());
    sums.merge(without(CONTEXT, model.model()), tokens, TokenCounts::plus);
  }

  private static String without(String suffix, String model) {
    return model.endsWith(suffix) ? model.substring(0, model.length() - suffix.length()) : model;
  }
}

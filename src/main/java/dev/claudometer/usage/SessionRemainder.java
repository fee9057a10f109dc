package dev.claudometer.usage;

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
/// @param byModel tokens beyond the counted ones, by model; negative where a transcript holds more
///   than was booked
public record SessionRemainder(Usd cost, boolean costKnown, Map<String, TokenCounts> byModel) {

  /// The remainder of a session; null where Claude Code left no total for it.
  ///
  /// @param totals the last total of every session
  /// @param counted counted usage by session and model
  public static @Nullable SessionRemainder of(
      String session, List<SessionTotal> totals, Map<String, Map<String, Totals>> counted) {
    SessionTotal own =
        totals.stream().filter(total -> total.session().equals(session)).findFirst().orElse(null);
    if (own == null) {
      return null;
    }
    SessionTotal parent = parent(own, totals);
    var byModel = new TreeMap<String, TokenCounts>();
    own.models().forEach(model -> add(byModel, model, 1));
    if (parent != null) {
      parent.models().forEach(model -> add(byModel, model, -1));
    }
    counted
        .getOrDefault(session, Map.of())
        .forEach(
            (model, sum) ->
                byModel.merge(model, TokenCounts.ZERO.minus(sum.tokens()), TokenCounts::plus));
    byModel.values().removeIf(TokenCounts.ZERO::equals);
    Usd cost = parent == null ? own.cost() : own.cost().minus(parent.cost());
    return new SessionRemainder(cost, own.costKnown(), byModel);
  }

  /// A fork inherits its parent's totals with the parent's start. Of sessions with one start, the
  /// one with the smallest total is the parent.
  private static @Nullable SessionTotal parent(SessionTotal own, List<SessionTotal> totals) {
    SessionTotal eldest =
        totals.stream()
            .filter(total -> total.startedAt().equals(own.startedAt()))
            .min(Comparator.comparing(SessionTotal::cost).thenComparing(SessionTotal::session))
            .orElse(own);
    return eldest.session().equals(own.session()) ? null : eldest;
  }

  private static void add(Map<String, TokenCounts> sums, ModelTotal model, int sign) {
    TokenCounts tokens = sign > 0 ? model.tokens() : TokenCounts.ZERO.minus(model.tokens());
    sums.merge(withoutContextSuffix(model.model()), tokens, TokenCounts::plus);
  }

  /// Totals name `claude-opus-5[1m]` what transcripts name `claude-opus-5`.
  private static String withoutContextSuffix(String model) {
    return model.endsWith("[1m]") ? model.substring(0, model.length() - "[1m]".length()) : model;
  }
}

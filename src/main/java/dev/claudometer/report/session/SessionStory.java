package dev.claudometer.report.session;

import dev.claudometer.model.Usd;
import dev.claudometer.report.session.ResponseAnswers.Response;
import dev.claudometer.report.session.SessionDetail.Happening;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A session of any length, to look through: what its responses cost together, how that went, and
/// some of its moments.
///
/// @param detail the session, its parts, subagents, tools and what happened; without responses
/// @param tools what responses cost that called a tool: one that called several is in each
/// @param mostExpensive the ten responses that cost most
/// @param stretches of equal length, at most 100, from the first response to the last
/// @param moments those that were asked for
/// @param count how many there are like them
/// @param whole false where only the first 20,000 responses are looked at
public record SessionStory(
    SessionDetail detail,
    List<ToolCost> tools,
    List<Moment> mostExpensive,
    List<Stretch> stretches,
    List<Moment> moments,
    int count,
    boolean whole) {

  /// What responses cost that called a tool.
  ///
  /// @param cost null where none has a price
  /// @param unpriced responses that have none
  public record ToolCost(String tool, long responses, @Nullable Usd cost, long unpriced) {}

  /// A stretch of the session's time.
  ///
  /// @param skip how many of all moments come before it
  public record Stretch(Instant from, int skip, long compactions, List<ModelCost> models) {}

  /// What a model's responses of a stretch cost.
  ///
  /// @param cost null where none has a price
  public record ModelCost(String model, @Nullable Usd cost, long unpriced) {}

  /// A response, or what happened besides: the other is null.
  ///
  /// @param number of the response, the first is 1; 0 for what else happened
  public record Moment(
      Instant at, int number, @Nullable Response response, @Nullable Happening happening) {}
}

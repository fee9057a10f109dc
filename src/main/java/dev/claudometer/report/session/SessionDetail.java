package dev.claudometer.report.session;

import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import dev.claudometer.report.Named;
import dev.claudometer.report.session.ResponseAnswers.Response;
import dev.claudometer.report.session.SessionAnswers.Session;
import dev.claudometer.usage.SessionRemainder;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A session with what it was made of.
///
/// @param ownTotal Claude Code's own total; null where it left none
/// @param responses from the one that was asked for on, at most 1,000
/// @param more whether there are more of them
public record SessionDetail(
    Session session,
    List<Part> parts,
    @Nullable OwnTotal ownTotal,
    List<Agent> agents,
    List<Tool> tools,
    List<Happening> happenings,
    List<Response> responses,
    boolean more) {

  /// What was used with a model, on a branch, on a device.
  public record Part(String model, String branch, Named device, Named project, Totals totals) {}

  /// What a subagent used; of the conversation itself the name is empty.
  public record Agent(String agent, Totals totals) {}

  /// Claude Code's own total of the session, a fork's without what it began with.
  ///
  /// @param cost null where Claude Code met a model that it had no price for
  /// @param costBasis at whose prices: `list`, `contract` or `unknown`
  /// @param beyondTranscript tokens beyond the counted ones, by model
  public record OwnTotal(
      @Nullable Usd cost,
      boolean costKnown,
      String costBasis,
      long linesAdded,
      long linesRemoved,
      Map<String, TokenCounts> beyondTranscript) {

    static @Nullable OwnTotal of(@Nullable SessionRemainder own) {
      return own == null
          ? null
          : new OwnTotal(
              own.costKnown() ? own.cost() : null,
              own.costKnown(),
              own.basis().word(),
              own.linesAdded(),
              own.linesRemoved(),
              own.byModel());
    }
  }

  public record Tool(String tool, long calls) {}

  /// Something that happened besides usage.
  ///
  /// @param kind as `compaction`
  /// @param name what it was about: the error, the trigger
  /// @param value what it came to: milliseconds of a turn, tokens before a compaction
  public record Happening(Instant at, String kind, String name, long value) {}
}

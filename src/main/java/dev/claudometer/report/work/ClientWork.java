package dev.claudometer.report.work;

import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.SumName;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// What clients themselves have summed, as their telemetry tells.
///
/// @param starts of the client
/// @param commits that the client made
/// @param pullRequests that the client made
/// @param editsAccepted edits that were proposed, and accepted
/// @param editsRejected edits that were proposed, and not accepted
/// @param editAcceptRate share of accepted ones, 0 to 1; null where there were none
/// @param toolsAccepted calls of all tools that were allowed, by whomever
/// @param toolsRejected calls of all tools that were not allowed
/// @param toolAcceptRate share of allowed ones, 0 to 1; null where there were none
/// @param userSeconds in which a person was active
/// @param clientSeconds in which the client was
public record ClientWork(
    long starts,
    long linesAdded,
    long linesRemoved,
    long commits,
    long pullRequests,
    long editsAccepted,
    long editsRejected,
    @Nullable BigDecimal editAcceptRate,
    long toolsAccepted,
    long toolsRejected,
    @Nullable BigDecimal toolAcceptRate,
    BigDecimal userSeconds,
    BigDecimal clientSeconds) {

  private static final String ACCEPT = "accept";
  private static final int RATE_PLACES = 4;

  /// Adds up what is told.
  static final class Sum {
    private long starts;
    private long linesAdded;
    private long linesRemoved;
    private long commits;
    private long pullRequests;
    private long editsAccepted;
    private long editsRejected;
    private long toolsAccepted;
    private long toolsRejected;
    private long userMillis;
    private long clientMillis;

    void add(ActivityKind kind, SumName told, long value) {
      String name = told.parts().getFirst();
      switch (kind) {
        case SESSION_START -> starts += value;
        case COMMIT -> commits += value;
        case PULL_REQUEST_CREATED -> pullRequests += value;
        case LINES_OF_CODE -> lines(name, value);
        case ACTIVE_TIME -> active(name, value);
        case EDIT_DECISION -> edits(name.equals(ACCEPT), value);
        case TOOL_DECISION -> tools(name.equals(ACCEPT), value);
        default -> {}
      }
    }

    private void lines(String type, long value) {
      linesAdded += type.equals("added") ? value : 0;
      linesRemoved += type.equals("removed") ? value : 0;
    }

    private void active(String type, long millis) {
      userMillis += type.equals("user") ? millis : 0;
      clientMillis += type.equals("cli") ? millis : 0;
    }

    private void edits(boolean accepted, long value) {
      editsAccepted += accepted ? value : 0;
      editsRejected += accepted ? 0 : value;
    }

    private void tools(boolean accepted, long value) {
      toolsAccepted += accepted ? value : 0;
      toolsRejected += accepted ? 0 : value;
    }

    ClientWork work() {
      return new ClientWork(
          starts,
          linesAdded,
          linesRemoved,
          commits,
          pullRequests,
          editsAccepted,
          editsRejected,
          rate(editsAccepted, editsRejected),
          toolsAccepted,
          toolsRejected,
          rate(toolsAccepted, toolsRejected),
          seconds(userMillis),
          seconds(clientMillis));
    }

    private static BigDecimal seconds(long millis) {
      return plain(BigDecimal.valueOf(millis, 3));
    }

    private static BigDecimal plain(BigDecimal number) {
      BigDecimal stripped = number.stripTrailingZeros();
      return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static @Nullable BigDecimal rate(long accepted, long rejected) {
      return accepted + rejected == 0
          ? null
          : plain(
              BigDecimal.valueOf(accepted)
                  .divide(
                      BigDecimal.valueOf(accepted + rejected), RATE_PLACES, RoundingMode.HALF_UP));
    }
  }
}

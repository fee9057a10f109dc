package dev.claudometer.wire.legacy;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One entry of the peer daemon: a line of a transcript, without its message id.
///
/// @param project name of the directory below `projects/`
/// @param type `user`, `assistant` or `summary`; the daemon sends `assistant` only
/// @param model null in every entry of the published daemon, which reads it in the wrong place
/// @param cost dollars that the client booked, as decimal digits of the number that was sent
public record LegacyEntry(
    String sessionId,
    String project,
    Instant timestamp,
    String type,
    @Nullable String model,
    long inputTokens,
    long outputTokens,
    long cacheCreationTokens,
    long cacheReadTokens,
    @Nullable BigDecimal cost) {

  boolean hasTokens() {
    return inputTokens != 0
        || outputTokens != 0
        || cacheCreationTokens != 0
        || cacheReadTokens != 0;
  }
}

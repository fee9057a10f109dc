package dev.claudometer.source.claudecode;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Recognises the lines that a client before 2.1.329 copied into a fork's file. They name no origin
/// and carry the fork's session id, but the fork's first own line, a `queue-operation` before any
/// conversation, is later than they are.
final class ForkedHistory {

  private final EarlierLines earlier;
  private String file = "";
  private long start;
  private boolean begun;
  private @Nullable Instant forked;

  ForkedHistory(EarlierLines earlier) {
    this.earlier = earlier;
  }

  /// Goes on with another file, from `start` on.
  void over(String other, long start) {
    file = other;
    this.start = start;
    begun = false;
    forked = null;
  }

  /// Is shown each record of the file, in their order.
  void see(TranscriptRecord record) {
    if (begun || start > 0) {
      return;
    }
    switch (record.type) {
      case "queue-operation" -> {
        forked = record.timestamp;
        begun = forked != null;
      }
      case "user", "assistant", "system" -> begun = true;
      default -> {}
    }
  }

  /// Whether a line with this time was copied.
  boolean copied(Instant at) {
    if (start > 0) {
      long end = start;
      start = 0;
      earlier.show(
          file,
          0,
          end,
          record -> {
            see(record);
            return begun;
          });
      begun = true;
    }
    return forked != null && at.isBefore(forked);
  }
}

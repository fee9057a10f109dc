package dev.claudometer.source.claudecode;

import dev.claudometer.model.EventKey;
import dev.claudometer.model.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Says which response a line tells of.
///
/// Anthropic gives a message id once. Relays may give the same one to every answer: without a
/// request id such an answer is known by its session and by when its first line was written. Its
/// other lines follow that one by `parentUuid`, whatever lines of other kinds stand between them.
final class ResponseKeys {

  /// Further back no answer's first line stands.
  private static final long REACH_BYTES = 1 << 20;

  private final EarlierLines earlier;
  private String file = "";
  private long start;
  private String id = "";
  private @Nullable String lastUuid;
  private Instant began = Instant.EPOCH;

  ResponseKeys(EarlierLines earlier) {
    this.earlier = earlier;
  }

  /// Goes on with another file, from `start` on.
  void over(String other, long start) {
    file = other;
    this.start = start;
    id = "";
    lastUuid = null;
  }

  /// @param session that asked
  /// @param at the line's own instant
  EventKey of(TranscriptRecord answer, SessionId session, Instant at, long offset) {
    String message = answer.messageId;
    if (message == null || message.isEmpty()) {
      return new EventKey("line:" + itself(answer, offset), answer.requestId);
    }
    if (!answer.requestId.isEmpty() || EventKey.isAnthropics(message)) {
      return new EventKey(message, answer.requestId);
    }
    lookBack();
    follow(answer, message, at);
    return new EventKey(message + "@" + session + "@" + began, "");
  }

  /// What tells an answer without a message id from others: its request, else its line.
  private String itself(TranscriptRecord answer, long offset) {
    if (!answer.requestId.isEmpty()) {
      return answer.requestId;
    }
    return answer.uuid != null ? answer.uuid : file + "@" + offset;
  }

  /// An earlier reading may have ended in the middle of an answer.
  private void lookBack() {
    if (start > 0) {
      long end = start;
      start = 0;
      earlier.show(
          file,
          Math.max(0, end - REACH_BYTES),
          end,
          record -> {
            if (record.messageId != null && record.mentionsUsage && record.timestamp != null) {
              follow(record, record.messageId, record.timestamp);
            }
            return false;
          });
    }
  }

  private void follow(TranscriptRecord answer, String message, Instant at) {
    if (!message.equals(id) || !answer.follows(lastUuid)) {
      began = at;
    }
    id = message;
    lastUuid = answer.uuid;
  }
}

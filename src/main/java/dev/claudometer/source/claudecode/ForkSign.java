package dev.claudometer.source.claudecode;

import dev.claudometer.model.SessionId;

/// Whether a session that runs is a fork. Its transcript begins with what the other session was
/// answered; and Claude Code counts its cost on from the other's.
public final class ForkSign {

  /// The first answer comes after a prompt and what belongs to it.
  private static final long MOST_BYTES = 16 << 20;

  private ForkSign() {}

  /// False also where there is no such file, or it cannot be read.
  public static boolean on(String transcript, SessionId session) {
    if (transcript.isEmpty() || session.equals(SessionId.NONE)) {
      return false;
    }
    var earlier = new EarlierLines();
    var history = new ForkedHistory(earlier);
    boolean[] fork = new boolean[1];
    earlier.show(
        transcript,
        0,
        MOST_BYTES,
        record -> {
          history.see(record);
          fork[0] = record.type.equals("assistant") && copied(record, session, history);
          return record.type.equals("assistant");
        });
    return fork[0];
  }

  private static boolean copied(TranscriptRecord answer, SessionId session, ForkedHistory history) {
    return answer.requestSession != null
        ? !answer.requestSession.equals(session.text())
        : answer.timestamp != null && history.copied(answer.timestamp);
  }
}

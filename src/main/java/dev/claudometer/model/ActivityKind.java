package dev.claudometer.model;

/// What else transcripts and telemetry tell besides usage. `name` and `value` of an [Activity]
/// depend on it.
public enum ActivityKind {
  /// A prompt typed by a person; name: where it came from.
  PROMPT(false),
  /// A failed request that the user saw; name: the error.
  API_ERROR(false),
  /// An attempt that was repeated; name: the HTTP status or the connection error.
  API_RETRY(false),
  /// One HTTP attempt, answered or not; name: what asked.
  ATTEMPT(false),
  /// The context was compacted; name: the trigger; value: tokens before.
  COMPACTION(false),
  /// The plan's limit was reached; value: when it begins anew, in epoch seconds.
  LIMIT_REACHED(false),
  /// A turn ended; value: its duration in milliseconds.
  TURN(false),
  /// A pull request was linked; name: `owner/repository#number`.
  PULL_REQUEST(false),
  /// The client's own clean-up deleted transcripts; value: how many.
  TRANSCRIPTS_DELETED(true),
  /// Events of telemetry that a client sent and that never came; value: how many.
  EVENTS_LOST(true),
  /// Events of telemetry that had been missed and came late; value: how many.
  EVENTS_LATE(true),
  /// The client started; name: `fresh`, `resume`, `continue`.
  SESSION_START(true),
  /// Lines that the client wrote; name: `added`, `removed`.
  LINES_OF_CODE(true),
  /// Commits that the client made.
  COMMIT(true),
  /// Pull requests that the client made.
  PULL_REQUEST_CREATED(true),
  /// Edits that were proposed; name: `decision|tool|language`.
  EDIT_DECISION(true),
  /// A call of a tool that was allowed or not; name: `decision|source|tool`; value: 1.
  TOOL_DECISION(true),
  /// Milliseconds in which somebody or the client worked; name: `user`, `cli`.
  ACTIVE_TIME(true);

  private final boolean sum;

  ActivityKind(boolean sum) {
    this.sum = sum;
  }

  /// Whether it is a running sum of telemetry: its value may have grown in a later copy, and the
  /// largest is true.
  public boolean isSum() {
    return sum;
  }
}

package dev.claudometer.model;

/// What else a transcript tells besides usage. `name` and `value` of an [Activity] depend on it.
public enum ActivityKind {
  /// A prompt typed by a person; name: where it came from.
  PROMPT,
  /// A failed request that the user saw; name: the error.
  API_ERROR,
  /// An attempt that was repeated; name: the HTTP status or the connection error.
  API_RETRY,
  /// One HTTP attempt, answered or not; name: what asked.
  ATTEMPT,
  /// The context was compacted; name: the trigger; value: tokens before.
  COMPACTION,
  /// A turn ended; value: its duration in milliseconds.
  TURN,
  /// A pull request was linked; name: `owner/repository#number`.
  PULL_REQUEST
}

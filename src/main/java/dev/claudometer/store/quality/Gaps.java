package dev.claudometer.store.quality;

/// What one witness of a machine's responses proves that the other lacks.
///
/// @param eventsLost telemetry's events that a client has numbered and that never came
/// @param withoutEvent finished responses of which telemetry says nothing, though it told of
///   earlier ones of their session
/// @param withoutTranscript calls of a conversation or a subagent that no transcript has: it was
///   deleted, is on another machine, or was never written
/// @param transcriptsDeleted by the client's own clean-up
public record Gaps(
    long eventsLost, long withoutEvent, long withoutTranscript, long transcriptsDeleted) {

  public static final Gaps NONE = new Gaps(0, 0, 0, 0);

  public Gaps plus(Gaps other) {
    return new Gaps(
        eventsLost + other.eventsLost,
        withoutEvent + other.withoutEvent,
        withoutTranscript + other.withoutTranscript,
        transcriptsDeleted + other.transcriptsDeleted);
  }
}

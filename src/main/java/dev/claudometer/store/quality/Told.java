package dev.claudometer.store.quality;

/// Calls that Claude Code's telemetry told of.
///
/// @param joined a transcript tells of them too
/// @param alone only telemetry tells of them: they count as calls of their own
/// @param held not counted, because a transcript may hold them and nothing tells which response
///   each is
public record Told(long joined, long alone, long held) {

  public static final Told NONE = new Told(0, 0, 0);

  public Told plus(Told other) {
    return new Told(joined + other.joined, alone + other.alone, held + other.held);
  }
}

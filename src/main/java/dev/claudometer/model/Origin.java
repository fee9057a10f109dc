package dev.claudometer.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Where a fact was read, or who sent it.
public sealed interface Origin extends Comparable<Origin> {

  /// For people: a file with its byte, or a sender with its instant.
  String place();

  /// Lines come first: a transcript tells more than what is sent beside it.
  @Override
  default int compareTo(Origin other) {
    return switch (this) {
      case Line line -> other instanceof Line its ? line.compare(its) : -1;
      case Sent sent -> other instanceof Sent its ? sent.compare(its) : 1;
    };
  }

  /// A line of a file.
  ///
  /// @param file absolute path; empty where the teller did not say
  /// @param offset byte offset of the line's first byte
  record Line(String file, long offset) implements Origin {

    private int compare(Line other) {
      int byFile = file.compareTo(other.file);
      return byFile != 0 ? byFile : Long.compare(offset, other.offset);
    }

    @Override
    public String place() {
      return file + ":" + offset;
    }
  }

  /// Something that no file holds.
  ///
  /// @param sender which program sent it, by which way: `peer-daemon`
  /// @param at the instant that it was sent with, in milliseconds, from 1970 on
  record Sent(String sender, Instant at) implements Origin {

    /// The daemon of claude-code-prometheus, whose protocol has no message ids.
    public static final String DAEMON = "peer-daemon";

    private static final String TELEMETRY = "telemetry";

    /// What Claude Code's own telemetry tells of a call.
    ///
    /// @param source what the call was for, empty where that is not told
    public static Sent telemetry(String source, Instant at) {
      return new Sent(source.isEmpty() ? TELEMETRY : TELEMETRY + ":" + source, at);
    }

    public Sent {
      at = at.isBefore(Instant.EPOCH) ? Instant.EPOCH : at.truncatedTo(ChronoUnit.MILLIS);
    }

    private int compare(Sent other) {
      int bySender = sender.compareTo(other.sender);
      return bySender != 0 ? bySender : at.compareTo(other.at);
    }

    /// What a call was for that telemetry told of; null for other senders.
    public @Nullable String telemetrySource() {
      boolean told = sender.equals(TELEMETRY) || sender.startsWith(TELEMETRY + ":");
      return told ? sender.substring(Math.min(sender.length(), TELEMETRY.length() + 1)) : null;
    }

    @Override
    public String place() {
      String source = telemetrySource();
      return source == null
          ? "sent by " + sender + " at " + at
          : "told by Claude Code's telemetry"
              + (source.isEmpty() ? "" : " (" + source + ")")
              + " at "
              + at;
    }
  }
}

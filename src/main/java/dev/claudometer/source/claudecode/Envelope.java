package dev.claudometer.source.claudecode;

import dev.claudometer.source.claudecode.scan.Json;
import org.jspecify.annotations.Nullable;

/// The members behind a line's first one that the next lines mostly repeat, byte for byte: session,
/// directory, branch, version. Where the bytes are the same, so are the values, and nothing is
/// read.
///
/// The bytes end with the quote of a string: where they are followed by others, they have the same
/// meaning, as they would not behind a number.
final class Envelope {

  private byte[] bytes = new byte[512];
  private int length;
  private int from;
  private @Nullable String session;
  private @Nullable String directory;
  private @Nullable String version;
  private String branch = "";
  private String agent = "";
  private boolean sidechain;

  /// The first member of a line has been read, which was none of these. Takes the others of the
  /// line before, where the same bytes follow.
  boolean taken(Json json, TranscriptRecord to) {
    from = json.at;
    if (length == 0 || !json.follows(bytes, length)) {
      return false;
    }
    json.at += length;
    to.session = session;
    to.directory = directory;
    to.version = version;
    to.branch = branch;
    to.agent = agent;
    to.sidechain = sidechain;
    return true;
  }

  /// Another of these has been read.
  void grew(Json json, TranscriptRecord of) {
    int to = json.at;
    if (json.bytes[to - 1] != '"') {
      return;
    }
    length = to - from;
    if (length > bytes.length) {
      bytes = new byte[length * 2];
    }
    System.arraycopy(json.bytes, from, bytes, 0, length);
    session = of.session;
    directory = of.directory;
    version = of.version;
    branch = of.branch;
    agent = of.agent;
    sidechain = of.sidechain;
  }
}

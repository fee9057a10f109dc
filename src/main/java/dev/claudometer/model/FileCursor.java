package dev.claudometer.model;

import java.time.Instant;

/// How far a file has been read, and how to recognise that it is still the same file.
///
/// @param file absolute path
/// @param identity the file system's own key (device and inode), empty where it has none
/// @param size bytes when it was last looked at
/// @param modified its modification time then
/// @param offset first byte not yet consumed: always the start of a line
/// @param fingerprint checksum over the beginning and the end of what was consumed
public record FileCursor(
    String file, String identity, long size, Instant modified, long offset, long fingerprint) {

  private static final String ENDING = ".jsonl";

  /// The session whose own transcript this is; empty for a file of a subagent, and for any other.
  public SessionId session() {
    String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    boolean own = name.endsWith(ENDING) && !name.startsWith("agent-");
    return own ? new SessionId(name.substring(0, name.length() - ENDING.length())) : SessionId.NONE;
  }

  /// Nothing happened since: the file need not be opened.
  public boolean unchanged(FileCursor now) {
    return size == now.size && modified.equals(now.modified) && identity.equals(now.identity);
  }
}

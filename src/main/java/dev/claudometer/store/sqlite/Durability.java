package dev.claudometer.store.sqlite;

/// What a committed transaction survives.
public enum Durability {
  /// The end of the process. A power cut may take the last transactions, each whole and with its
  /// cursors: they are read again.
  PROCESS("NORMAL", 16_000, 2_000, 0),
  /// A power cut as well: somebody else relies on it.
  POWER_CUT("FULL", 0, 3_000, 12_000);

  private final String synchronous;
  private final int pagesUntilCheckpoint;
  private final int cacheKilobytes;
  private final int writersCacheKilobytes;

  Durability(
      String synchronous, int pagesUntilCheckpoint, int cacheKilobytes, int writersCacheKilobytes) {
    this.synchronous = synchronous;
    this.pagesUntilCheckpoint = pagesUntilCheckpoint;
    this.cacheKilobytes = cacheKilobytes;
    this.writersCacheKilobytes = writersCacheKilobytes;
  }

  String synchronous() {
    return synchronous;
  }

  /// What each session may keep of the file in memory, beside what the system keeps. To ask the
  /// system again costs a command nothing that can be measured; an agent keeps its session for
  /// ever.
  int cacheKilobytes() {
    return cacheKilobytes;
  }

  /// Whether one session does all that is written: what it keeps in memory stays true, while every
  /// other session forgets everything when something was written.
  boolean hasWriter() {
    return writersCacheKilobytes > 0;
  }

  /// What that session may keep: keys that are digests go to any page of their index.
  int writersCacheKilobytes() {
    return writersCacheKilobytes;
  }

  /// Pages of the log after which a commit moves them into the database itself. Somebody waits for
  /// that commit: seldom a lot is better for a command. 0: a server's [LogMover] does it.
  int pagesUntilCheckpoint() {
    return pagesUntilCheckpoint;
  }
}

package dev.claudometer.agent;

/// Is told how far a sync has come.
public interface SyncProgress {

  /// Called on the syncing thread after every stored or collected stretch.
  void advanced(long bytesDone, long bytesTotal);
}

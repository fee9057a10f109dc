package dev.claudometer.agent;

import dev.claudometer.ingest.Admission;
import java.util.ArrayList;
import java.util.List;

/// What a sync did.
///
/// @param filesSeen transcripts that exist
/// @param filesRead those of them that had changed
/// @param bytesRead bytes of transcripts that were parsed: 0 when nothing had changed
/// @param unreadable what could not be read, as `path: reason`
public record SyncReport(
    int filesSeen, int filesRead, long bytesRead, Admission admission, List<String> unreadable) {

  public SyncReport {
    unreadable = List.copyOf(unreadable);
  }

  /// The same of all transcripts, where this one is of those that have changed since an earlier
  /// one.
  SyncReport after(SyncReport earlier) {
    List<String> all = new ArrayList<>(earlier.unreadable);
    all.addAll(unreadable);
    return new SyncReport(
        Math.max(filesSeen, earlier.filesSeen), filesRead, bytesRead, admission, all);
  }
}

package dev.claudometer.source.claudecode;

import dev.claudometer.model.Observation;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.source.claudecode.place.TranscriptFile;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Finds every copy of a response in the transcripts that still exist, by reading them again.
public final class CopyFinder {

  private CopyFinder() {}

  /// Copies in the order of the files and lines; unreadable files are left out.
  public static List<UsageEvent> copies(TranscriptTree tree, String messageId) {
    List<UsageEvent> copies = new ArrayList<>();
    var reader = new TranscriptReader(observation -> keep(observation, messageId, copies));
    for (TranscriptFile file : tree.files()) {
      try {
        reader.read(file, null, Long.MAX_VALUE, _ -> {});
      } catch (IOException unreadable) {
        // the sync before this has named it
      }
    }
    return copies;
  }

  private static void keep(Observation observation, String messageId, List<UsageEvent> copies) {
    if (observation instanceof UsageEvent event && event.key().messageId().equals(messageId)) {
      copies.add(event);
    }
  }
}

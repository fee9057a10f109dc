package dev.claudometer.cli.agent;

import dev.claudometer.agent.LocalSync;
import dev.claudometer.agent.service.AgentConfig;
import dev.claudometer.app.agent.AgentFiles;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.model.Cause;
import dev.claudometer.model.DeviceId;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What would be lost if the transcripts were deleted now, and why it is not stored. It is looked
/// for here: an agent whose disk is full cannot write down that it is.
record DataAtRisk(Surroundings surroundings, AgentFiles files, AgentConfig config) {

  /// A store needs at least so much to go on.
  private static final long LEAST_BYTES = 1 << 20;

  /// Lines of the status, by their name; none where nothing is at risk.
  Map<String, String> lines() {
    Path store = files.store(surroundings, config);
    var lines = new LinkedHashMap<String, String>();
    try {
      Path directory = store.toAbsolutePath().getParent();
      if (Files.exists(directory) && Files.getFileStore(directory).getUsableSpace() < LEAST_BYTES) {
        lines.put("Disk", "no space is left in " + directory + ": free some, nothing is lost yet");
      }
      long bytes = Files.exists(store) ? unstoredBytes(store) : 0;
      if (bytes > 0) {
        lines.put(
            "At risk",
            String.format(
                Locale.ROOT,
                "%,d bytes of transcripts are not stored yet: they are lost if they are deleted"
                    + " now",
                bytes));
      }
    } catch (IOException | StoreException failure) {
      lines.put("At risk", "unknown: " + Cause.of(failure));
    }
    return lines;
  }

  private long unstoredBytes(Path file) throws IOException {
    try (UsageStore store = SqliteStore.open(file, PriceBooks.of(surroundings)::book)) {
      return new LocalSync(store, DeviceId.THIS, 1, (_, _) -> {})
          .unstoredBytes(TranscriptTree.below(AgentFiles.search(surroundings, config).homes()));
    }
  }
}

package dev.claudometer.app.server;

import dev.claudometer.agent.ContinuousSync;
import dev.claudometer.agent.LocalSync;
import dev.claudometer.agent.SyncProgress;
import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.Version;
import dev.claudometer.server.auth.Sightings;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.registry.Device;
import java.time.Duration;

/// The transcripts of the machine that a server runs on: it is a device like others, whose agent is
/// the server itself.
record OwnTranscripts(Surroundings surroundings, ServerOptions.Transcripts transcripts) {

  private static final SyncProgress SILENT = (_, _) -> {};

  /// Keeps the store in step with them, and with what telemetry told of them.
  ContinuousSync follow(UsageStore store, Device device, Sightings sightings, OwnCalls calls) {
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    return new ContinuousSync(
        new LocalSync(store, device.id(), threads, SILENT),
        () -> search().homes(),
        (_, _) -> {
          sightings.seen(
              device.id(),
              surroundings.clock().instant(),
              "claudometer/" + Version.text(),
              Duration.ZERO);
          calls.follow();
        });
  }

  private ClaudeHome.Search search() {
    return ClaudeFiles.search(transcripts.homes(), surroundings);
  }
}

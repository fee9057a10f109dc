package dev.claudometer.app;

import dev.claudometer.agent.LocalSync;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Walks the transcripts beside the opening of the store, which takes as long and needs nothing of
/// it.
final class TreeWalk implements LocalSync.Look {

  private final FutureTask<TranscriptTree> walk;

  private TreeWalk(FutureTask<TranscriptTree> walk) {
    this.walk = walk;
  }

  static TreeWalk begun(List<ClaudeHome> homes) {
    var walk = new FutureTask<>(() -> TranscriptTree.below(homes));
    Thread.ofPlatform().daemon().name("walk").start(walk);
    return new TreeWalk(walk);
  }

  @Override
  public TranscriptTree tree() throws IOException, InterruptedException {
    try {
      return walk.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case IOException unreadable -> throw unreadable;
        case RuntimeException failure -> throw failure;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(failed);
      }
    }
  }
}

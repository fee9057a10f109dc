package dev.claudometer.app;

import dev.claudometer.agent.SyncProgress;
import dev.claudometer.app.process.Surroundings;

/// Shows on a terminal how far a long scan has come: from half a second on, gone when it is done.
final class ProgressBar implements SyncProgress, AutoCloseable {

  private static final long PATIENCE_NANOS = 500_000_000L;
  private static final long PACE_NANOS = 100_000_000L;
  private static final int WIDTH = 30;

  private final Surroundings surroundings;
  private final long begun = System.nanoTime();
  private long shownAt;
  private boolean shown;

  ProgressBar(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void advanced(long bytesDone, long bytesTotal) {
    long now = System.nanoTime();
    boolean due = now - begun > PATIENCE_NANOS && (!shown || now - shownAt > PACE_NANOS);
    if (!surroundings.errIsTerminal() || !due) {
      return;
    }
    shown = true;
    shownAt = now;
    int filled = bytesTotal == 0 ? WIDTH : (int) Math.min(WIDTH, bytesDone * WIDTH / bytesTotal);
    surroundings
        .err()
        .print(
            "\rReading transcripts ["
                + "#".repeat(filled)
                + ".".repeat(WIDTH - filled)
                + "] "
                + bytesDone / 1_000_000
                + " of "
                + bytesTotal / 1_000_000
                + " MB");
    surroundings.err().flush();
  }

  @Override
  public void close() {
    if (shown) {
      surroundings.err().print("\r" + " ".repeat(WIDTH + 50) + "\r");
      surroundings.err().flush();
    }
  }
}

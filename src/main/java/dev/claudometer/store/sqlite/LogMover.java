package dev.claudometer.store.sqlite;

import static java.lang.System.Logger.Level.DEBUG;

import dev.claudometer.model.Cause;
import dev.claudometer.store.sql.engine.SqlSession;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Moves a server's log into its database beside whoever writes: who commits does not wait for the
/// pages, nor for the disk that has to hold them.
///
/// A log begins again only when all of it has been moved, and somebody who always writes is always
/// ahead of who moves. So where it has become long, the rest is moved between two transactions.
final class LogMover implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.store");

  /// Each moves what came while the one before did, which is less.
  private static final int PASSES = 4;

  private final Sessions sessions;
  private final Bounds bounds;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("log-mover").factory());

  private @Nullable Future<?> moving;

  /// Lends a session that nobody else uses.
  interface Sessions {
    void lend(Work work) throws SQLException;
  }

  /// Work on a session.
  interface Work {
    void on(SqlSession session) throws SQLException;
  }

  /// In pages.
  ///
  /// @param worthMoving beside who writes
  /// @param most beyond it whoever has committed moves what is left
  record Bounds(int worthMoving, int most) {

    static final Bounds OF_A_SERVER = new Bounds(1_500, 4_000);
  }

  LogMover(Sessions sessions, Bounds bounds) {
    this.sessions = sessions;
    this.bounds = bounds;
  }

  /// How full a log is, in pages.
  private record Fill(int all, int moved) {

    int left() {
      return all - moved;
    }
  }

  /// A transaction was committed, and no other has begun.
  void committed(SqlSession writer) {
    try {
      Fill log = checkpoint(writer, "NOOP");
      if (log.left() < bounds.worthMoving()) {
        return;
      }
      if (log.all() > bounds.most()) {
        await();
        checkpoint(writer, "PASSIVE");
      } else if (moving == null || moving.isDone()) {
        moving = thread.submit(this::move);
      }
    } catch (SQLException later) {
      LOG.log(DEBUG, "the log was not moved: " + Cause.of(later));
    }
  }

  private void await() {
    try {
      if (moving != null) {
        moving.get();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException failed) {
      LOG.log(DEBUG, "the log was not moved: " + Cause.of(failed));
    }
  }

  private void move() {
    try {
      sessions.lend(
          session -> {
            for (int pass = 0; pass < PASSES; pass++) {
              if (checkpoint(session, "PASSIVE").left() == 0) {
                return;
              }
            }
          });
    } catch (SQLException later) {
      LOG.log(DEBUG, "the log was not moved: " + Cause.of(later));
    }
  }

  private static Fill checkpoint(SqlSession session, String how) throws SQLException {
    return session
        .query("PRAGMA wal_checkpoint(" + how + ")", row -> new Fill(row.getInt(2), row.getInt(3)))
        .getFirst();
  }

  /// Finishes what it is moving.
  @Override
  public void close() {
    thread.close();
  }
}

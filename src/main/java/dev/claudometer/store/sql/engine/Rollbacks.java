package dev.claudometer.store.sql.engine;

import dev.claudometer.model.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Notices that the database was put back to an earlier state, under this process or while it was
/// away: by a copied file, `pg_restore`, a snapshot, or a replica that had not been sent
/// everything.
///
/// Whoever notices gives the database another generation, once. So others learn of it, in other
/// processes and on other machines.
public final class Rollbacks {

  /// A machine's word alone does not make all others send everything again more often.
  private static final long PAUSE_NANOS = 3_600_000_000_000L;

  private static final int LARGEST_STEP = 1 << 30;

  /// JSON's numbers are exact up to here.
  private static final long LARGEST = 1L << 53;

  private final List<Runnable> remembering = new ArrayList<>();
  private Point known = new Point("", 0, 0);
  private @Nullable String news;
  private @Nullable String missed;
  private long believedNanos = System.nanoTime() - PAUSE_NANOS;
  private volatile Consumer<String> listener = _ -> {};
  private volatile long noticed;

  Rollbacks() {}

  /// Where a database stands. Later ones are larger, unless it was put back between.
  ///
  /// @param store its name: points of two stores have no order
  public record Point(String store, long revision, long generation) {

    boolean before(Point other) {
      return store.equals(other.store) && isBefore(other);
    }

    private boolean isBefore(Point other) {
      return generation < other.generation
          || (generation == other.generation && revision < other.revision);
    }
  }

  /// Is told in one sentence of each time that is noticed, after it is written down.
  public void follow(Consumer<String> told) {
    listener = told;
  }

  /// How far the database has come, as far as this process knows.
  public synchronized Point known() {
    return known;
  }

  /// How often this process has noticed it.
  public long noticed() {
    return noticed;
  }

  /// What remembers rows of the database forgets them when it was put back.
  public synchronized void onRollback(Runnable forget) {
    remembering.add(forget);
  }

  /// It is known from elsewhere that the database has been so far.
  public synchronized void reached(Point point) {
    if (known.before(point) || known.store().isEmpty()) {
      known = point;
    }
  }

  /// Looks at where the database stands now.
  ///
  /// @return the generation that it has from now on
  synchronized long look(Point now) {
    news = null;
    if (now.before(known)) {
      remembering.forEach(Runnable::run);
      news =
          "the database was put back to an earlier state: its last change was number "
              + known.revision()
              + ", and is now number "
              + now.revision();
      return next(Math.max(known.generation(), now.generation()));
    }
    if (now.generation() > known.generation() || !now.store().equals(known.store())) {
      remembering.forEach(Runnable::run);
    }
    known = now;
    return now.generation();
  }

  /// A machine was told that more of it is stored than there is.
  ///
  /// @param told the generation when it was told
  /// @param now the generation that the database has
  /// @return the generation that it has from now on
  synchronized long lost(DeviceId device, long told, long now) {
    boolean another = System.nanoTime() - believedNanos >= PAUSE_NANOS;
    if (told < now || !another) {
      return now;
    }
    news =
        "the database was put back to an earlier state: it has less of device "
            + device
            + " than it has acknowledged";
    return next(Math.max(now, Math.min(told, LARGEST - LARGEST_STEP)));
  }

  /// Tables were missing.
  ///
  /// @return the generation that the database has from now on
  synchronized long lost(List<String> tables, long now) {
    remembering.forEach(Runnable::run);
    missed =
        "the database had lost "
            + String.join(", ", tables)
            + ": it was made again, and machines send again what they have sent";
    return next(now);
  }

  /// Differs from what others would choose, also after this one is lost in turn.
  private static long next(long generation) {
    return Math.min(LARGEST, generation + 1 + ThreadLocalRandom.current().nextInt(LARGEST_STEP));
  }

  /// A transaction was stored.
  void committed(Point now) {
    String told;
    synchronized (this) {
      known = now;
      told = missed == null ? news : missed;
      news = null;
      missed = null;
      if (told != null) {
        noticed++;
        believedNanos = System.nanoTime();
      }
    }
    if (told != null) {
      listener.accept(told);
    }
  }
}

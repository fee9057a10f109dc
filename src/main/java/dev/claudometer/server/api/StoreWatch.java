package dev.claudometer.server.api;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.claudometer.store.Condition;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.store.registry.Registry.Deed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tries from time to time, and when somebody asks, whether something can be stored; and writes
/// into the audit log when the database is found to be put back to an earlier state.
public final class StoreWatch implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.store");

  /// What was tried a moment ago is not tried again, however many ask.
  private static final Duration FRESH = Duration.ofSeconds(2);

  /// Whoever asks is answered soon.
  private static final Duration PATIENCE = Duration.ofMillis(700);

  /// A write waits for others, but not for so long.
  private static final Duration STUCK = Duration.ofSeconds(30);

  private static final long EVERY_SECONDS = 15;

  private final Condition store;
  private final Registry registry;
  private final InstantSource clock;
  private final Supplier<@Nullable StoreException> failure;
  private final Runnable tried;
  private final ExecutorService probes =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("store-probe").factory());
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("store-watch").factory());
  private @Nullable Future<?> running;
  private long begunNanos = System.nanoTime() - FRESH.toNanos();
  private volatile String problem = "";
  private volatile @Nullable Instant putBackAt;

  /// Begins.
  ///
  /// @param failure why a delivery has just not been stored, null where the last one was
  /// @param tried runs each time that something could be stored
  public StoreWatch(
      Condition store,
      Registry registry,
      InstantSource clock,
      Supplier<@Nullable StoreException> failure,
      Runnable tried) {
    this.store = store;
    this.registry = registry;
    this.clock = clock;
    this.failure = failure;
    this.tried = tried;
    store.onRollback(this::putBack);
    var _ = timer.scheduleWithFixedDelay(this::state, EVERY_SECONDS, EVERY_SECONDS, SECONDS);
  }

  /// How the database is.
  ///
  /// @param problem why nothing can be stored, in words that anybody may read; empty where it can
  /// @param putBackAt when it was last found to be put back, null where that was not since the
  ///   start
  public record State(String problem, @Nullable Instant putBackAt) {

    public boolean writable() {
      return problem.isEmpty();
    }
  }

  /// How the database is now, or was a moment ago.
  public State state() {
    Future<?> attempt = attempt();
    try {
      attempt.get(PATIENCE.toMillis(), MILLISECONDS);
    } catch (TimeoutException slow) {
      if (System.nanoTime() - begun() > STUCK.toNanos()) {
        return new State("a write has waited for more than 30 seconds", putBackAt);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure.getCause());
    }
    return new State(problem(), putBackAt);
  }

  private String problem() {
    StoreException unstored = failure.get();
    return unstored == null || !problem.isEmpty() ? problem : unstored.kind().reason();
  }

  private synchronized long begun() {
    return begunNanos;
  }

  private synchronized Future<?> attempt() {
    boolean fresh = System.nanoTime() - begunNanos < FRESH.toNanos();
    Future<?> last = running;
    if (last != null && (fresh || !last.isDone())) {
      return last;
    }
    begunNanos = System.nanoTime();
    running = probes.submit(this::probe);
    return running;
  }

  private void probe() {
    String before = problem;
    try {
      store.probe();
      problem = "";
      tried.run();
      if (!before.isEmpty()) {
        LOG.log(INFO, "the database can be written to again");
      }
    } catch (StoreException unstored) {
      problem = unstored.kind().reason();
      if (!problem.equals(before)) {
        LOG.log(WARNING, "nothing can be stored: " + unstored.getMessage());
      }
    }
  }

  private void putBack(String what) {
    putBackAt = clock.instant();
    LOG.log(WARNING, what);
    registry.change(
        new Deed("server", "", "database.put-back", "", what, clock.instant()), () -> what);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    probes.shutdownNow();
  }
}

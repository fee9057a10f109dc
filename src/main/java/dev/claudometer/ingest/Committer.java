package dev.claudometer.ingest;

import dev.claudometer.model.Claim;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.FileRead;
import dev.claudometer.store.Appender;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Receipt;
import dev.claudometer.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Stores what many callers bring: those who wait at the same time share one transaction.
///
/// An answer is given only when the transaction is durable. What waits is bounded: beyond that,
/// callers are turned away at once, before anything of theirs is held.
public final class Committer implements AutoCloseable {

  private static final int EVENTS_PER_TRANSACTION = 8_000;
  private static final long LATELY_NANOS = 30_000_000_000L;

  private final Appender store;
  private final long mostWaiting;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final AtomicLong waiting = new AtomicLong();
  private final Thread thread;
  private volatile @Nullable Waiting committing;
  private volatile @Nullable Failure failure;
  private boolean closed;

  /// @param mostWaiting observations that may wait for their transaction
  public Committer(Appender store, long mostWaiting) {
    this.store = store;
    this.mostWaiting = mostWaiting;
    thread = Thread.ofPlatform().daemon().name("committer").start(this::run);
  }

  /// @param since when it came, in nanoseconds of the machine's uptime
  private record Waiting(
      Batch batch, long weight, CompletableFuture<Receipt> receipt, long since) {}

  private record Failure(StoreException why, long atNanos) {}

  /// Tells the thread to end.
  private static final Waiting LAST =
      new Waiting(
          new Batch(DeviceId.THIS, List.of(), List.of(), List.of(), List.of(), List.of()),
          0,
          new CompletableFuture<>(),
          0);

  /// Stores what a device tells, and returns when it is durable.
  ///
  /// @throws Overloaded where too much is waiting already: nothing was stored
  /// @throws StoreException where the store failed: nothing of this delivery was stored
  public Admission store(DeviceId device, Intake intake, List<FileRead> readings)
      throws InterruptedException {
    return store(device, intake, readings, null);
  }

  /// The same, where the device says what it believes to be stored already.
  public Admission store(
      DeviceId device, Intake intake, List<FileRead> readings, @Nullable Claim claim)
      throws InterruptedException {
    var batch =
        new Batch(
            device,
            intake.events(),
            intake.activities(),
            intake.sessionTotals(),
            intake.limits(),
            intake.calls(),
            readings.stream().map(Texts::storable).toList(),
            claim);
    long weight =
        1L
            + batch.events().size()
            + batch.activities().size()
            + batch.sessionTotals().size()
            + batch.calls().size();
    var receipt = new CompletableFuture<Receipt>();
    synchronized (queue) {
      if (closed || waiting.get() > mostWaiting) {
        throw new Overloaded();
      }
      waiting.addAndGet(weight);
      queue.add(new Waiting(batch, weight, receipt, System.nanoTime()));
    }
    try {
      return new Admission(intake.received(), intake.joined(), receipt.get(), intake.rejections());
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof StoreException store
          ? store
          : new IllegalStateException(failure.getCause());
    }
  }

  /// How many observations wait for their transaction.
  public long waiting() {
    return waiting.get();
  }

  /// How long the first of them has waited; zero where none does.
  public Duration longestWait() {
    Waiting committed = committing;
    Waiting first = committed == null ? queue.peek() : committed;
    return first == null || first.equals(LAST)
        ? Duration.ZERO
        : Duration.ofNanos(System.nanoTime() - first.since());
  }

  /// Why nothing could be stored, where the last attempt was lately and failed.
  public @Nullable StoreException failure() {
    Failure last = failure;
    return last != null && System.nanoTime() - last.atNanos() < LATELY_NANOS ? last.why() : null;
  }

  private void run() {
    try {
      List<Waiting> together = next();
      while (!together.contains(LAST)) {
        committing = together.getFirst();
        commit(together);
        committing = null;
        together = next();
      }
      commit(together.stream().filter(one -> !one.equals(LAST)).toList());
    } catch (InterruptedException nobodyInterruptsIt) {
      throw new IllegalStateException(nobodyInterruptsIt);
    }
  }

  private List<Waiting> next() throws InterruptedException {
    List<Waiting> together = new ArrayList<>();
    together.add(queue.take());
    long weight = together.getFirst().weight();
    Waiting more = queue.peek();
    while (more != null && weight + more.weight() <= EVENTS_PER_TRANSACTION) {
      together.add(queue.remove());
      weight += more.weight();
      more = queue.peek();
    }
    return together;
  }

  private void commit(List<Waiting> together) {
    if (together.isEmpty()) {
      return;
    }
    try {
      List<Receipt> receipts = store.append(together.stream().map(Waiting::batch).toList());
      failure = null;
      for (int i = 0; i < together.size(); i++) {
        done(together.get(i));
        together.get(i).receipt().complete(receipts.get(i));
      }
    } catch (RuntimeException failure) {
      failed(together, failure);
    } catch (Error failure) {
      together.forEach(one -> one.receipt().completeExceptionally(failure));
      throw failure;
    }
  }

  /// One caller's batch must not be another's failure: they are tried one by one.
  private void failed(List<Waiting> together, Throwable why) {
    boolean hopeless = false;
    if (why instanceof StoreException unstored) {
      failure = new Failure(unstored, System.nanoTime());
      hopeless = unstored.kind() != StoreException.Kind.UNUSABLE;
    }
    if (together.size() == 1 || hopeless) {
      for (Waiting one : together) {
        done(one);
        one.receipt().completeExceptionally(why);
      }
    } else {
      together.forEach(one -> commit(List.of(one)));
    }
  }

  private void done(Waiting one) {
    waiting.addAndGet(-one.weight());
  }

  /// Takes no more, stores what waits, then ends.
  @Override
  public void close() {
    boolean first;
    synchronized (queue) {
      first = !closed;
      closed = true;
      if (first) {
        queue.add(LAST);
      }
    }
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.claudometer.app.server;

import static java.lang.System.Logger.Level.WARNING;

import dev.claudometer.app.process.Failed;
import dev.claudometer.ingest.Committer;
import dev.claudometer.ingest.Intake;
import dev.claudometer.ingest.Overloaded;
import dev.claudometer.model.Claim;
import dev.claudometer.model.DeviceId;
import dev.claudometer.store.Changes;
import dev.claudometer.store.FleetQueries;
import dev.claudometer.store.Outbox;
import dev.claudometer.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What Claude Code tells of the machine that a server runs on. It is stored in the machine's own
/// store first, which the command line reads. From there it comes into the server's database, which
/// notes in the same transaction how far it has come: so both have it once, whatever ends between.
final class OwnCalls implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.telemetry");
  private static final int MOST = 2_000;

  private final OwnStore own;
  private final FleetQueries fleet;
  private final Committer committer;
  private final Supplier<DeviceId> here;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

  /// A platform thread, as a database's driver holds its thread while it works; callers' own may be
  /// virtual ones.
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("own-calls").factory());

  private long held = -1;
  private long seen;
  private boolean complained;

  /// @param stored when it is durable
  private record Waiting(Intake come, CompletableFuture<@Nullable Void> stored) {}

  /// @param here the id that the server knows this machine by
  OwnCalls(OwnStore own, FleetQueries fleet, Committer committer, Supplier<DeviceId> here) {
    this.own = own;
    this.fleet = fleet;
    this.committer = committer;
    this.here = here;
  }

  /// Stores what came, and returns when it is durable. Those who wait at the same time share their
  /// transactions. Where the machine's own store cannot be used, the server has it all the same.
  ///
  /// @throws StoreException where nobody has it yet, and it has to be sent again
  void take(Intake come) throws InterruptedException {
    var mine = new Waiting(come, new CompletableFuture<>());
    waiting.add(mine);
    try {
      thread.execute(this::takeAll);
    } catch (RejectedExecutionException ending) {
      throw new Overloaded();
    }
    try {
      mine.stored().get();
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof RuntimeException why
          ? why
          : new IllegalStateException(failure.getCause());
    }
  }

  /// What waits, of all callers; it is done once for each of them, so what is found the last time
  /// is the last one's, or nothing.
  private synchronized void takeAll() {
    List<Waiting> together = new ArrayList<>();
    for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
      together.add(next);
    }
    if (together.isEmpty()) {
      return;
    }
    try {
      take(together.stream().map(Waiting::come).toList());
      together.forEach(each -> each.stored().complete(null));
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      together.forEach(each -> each.stored().completeExceptionally(new Overloaded()));
    } catch (RuntimeException failure) {
      together.forEach(each -> each.stored().completeExceptionally(failure));
    } catch (Error failure) {
      together.forEach(each -> each.stored().completeExceptionally(failure));
      throw failure;
    }
  }

  private void take(List<Intake> come) throws InterruptedException {
    try {
      own.add(come);
    } catch (StoreException failure) {
      if (failure.kind() == StoreException.Kind.BUSY
          || failure.kind() == StoreException.Kind.GONE) {
        throw failure;
      }
      takeWithout(failure, come);
      return;
    } catch (Failed failure) {
      takeWithout(failure, come);
      return;
    }
    bring();
  }

  private void takeWithout(RuntimeException failure, List<Intake> come)
      throws InterruptedException {
    complain(failure);
    for (Intake each : come) {
      committer.store(here.get(), each, List.of());
    }
  }

  /// Brings what was told while no server ran, or to an agent.
  void follow() {
    try {
      if (own.exists()) {
        bring();
      }
    } catch (StoreException | Failed | Overloaded failure) {
      complain(failure);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void complain(RuntimeException failure) {
    if (!complained) {
      LOG.log(
          WARNING,
          "telemetry of this machine is not in what its command line reads: "
              + failure.getMessage());
    }
    complained = true;
  }

  private synchronized void bring() throws InterruptedException {
    Outbox outbox = own.open().outbox();
    DeviceId device = here.get();
    begin(fleet.held(device, outbox.sender()).upTo());
    Changes changes = outbox.telemetry(seen, MOST);
    if (changes.upTo() < seen) {
      outbox.rename();
      begin(0);
      changes = outbox.telemetry(seen, MOST);
    }
    bring(outbox, device, changes);
    while (changes.more()) {
      changes = outbox.telemetry(seen, MOST);
      bring(outbox, device, changes);
    }
    complained = false;
  }

  /// What was seen is not looked at again, unless the server has less than it had, or more.
  private void begin(long has) {
    if (has != held) {
      held = has;
      seen = has;
    }
  }

  private void bring(Outbox outbox, DeviceId device, Changes changes) throws InterruptedException {
    if (!changes.observations().isEmpty()) {
      outbox.settle();
      var come = new Intake();
      changes.observations().forEach(come);
      var claim = new Claim(outbox.sender(), held, changes.upTo(), 0);
      committer.store(device, come, List.of(), claim);
      held = changes.upTo();
    }
    seen = changes.upTo();
  }

  /// Takes no more, and stores what waits.
  @Override
  public void close() {
    thread.close();
  }
}

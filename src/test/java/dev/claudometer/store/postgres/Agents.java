package dev.claudometer.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageModel;
import dev.claudometer.store.UsageStore;
import dev.claudometer.usage.Copies;
import dev.claudometer.usage.Events;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Agents that deliver random batches to any of several servers, each until it is acknowledged and
/// some once more.
final class Agents implements AutoCloseable {

  private static final int MESSAGES = 500;

  /// All are of one machine: what several machines tell of one response at random contradicts
  /// itself.
  private static final DeviceId MACHINE = new DeviceId("d_0");

  private final List<UsageStore> servers;
  private final Queue<Batch> delivered = new ConcurrentLinkedQueue<>();
  private final Queue<StoreException> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> agents;
  private volatile boolean enough;

  Agents(int count, List<UsageStore> servers) {
    this.servers = servers;
    agents = IntStream.range(0, count).<Future<?>>mapToObj(this::start).toList();
  }

  private Future<?> start(int agent) {
    return threads.submit(
        () -> {
          var random = new Random(agent);
          while (!enough) {
            Batch batch = batch(random);
            delivered.add(batch);
            for (int times = random.nextInt(5) == 0 ? 2 : 1; times > 0; times--) {
              deliver(random, batch);
            }
            acknowledged.incrementAndGet();
          }
          return null;
        });
  }

  private void deliver(Random random, Batch batch) throws InterruptedException {
    while (true) {
      try {
        servers.get(random.nextInt(servers.size())).append(batch);
        return;
      } catch (StoreException failure) {
        failures.add(failure);
        Thread.sleep(20);
      }
    }
  }

  /// As the gate does, copies within a batch are joined.
  static Batch batch(Random random) {
    var joined = new HashMap<EventKey, UsageEvent>();
    for (int i = 1 + random.nextInt(30); i > 0; i--) {
      UsageEvent event = Events.random(random, Events.randomKey(random, MESSAGES));
      joined.merge(event.key(), event, Copies::join);
    }
    return new Batch(
        MACHINE, List.copyOf(joined.values()), List.of(), List.of(), List.of(), List.of());
  }

  /// Waits until so many more batches are acknowledged.
  void awaitMore(int batches) throws InterruptedException {
    int goal = acknowledged.get() + batches;
    while (acknowledged.get() < goal) {
      assertThat(agents).noneMatch(Future::isDone);
      Thread.sleep(10);
    }
  }

  /// Waits until one of them meets nothing that it may write to.
  void awaitFailure() throws InterruptedException {
    while (failures.isEmpty()) {
      assertThat(agents).noneMatch(Future::isDone);
      Thread.sleep(10);
    }
  }

  /// What has failed so far.
  List<StoreException> failures() {
    return List.copyOf(failures);
  }

  /// Lets every agent deliver what it has begun with.
  ///
  /// @return all that was delivered
  List<Batch> finish() throws Exception {
    enough = true;
    for (Future<?> agent : agents) {
      agent.get();
    }
    return List.copyOf(delivered);
  }

  /// A store holds exactly these batches.
  static void assertHolds(UsageStore store, List<Batch> batches) {
    var model = new UsageModel();
    batches.forEach(batch -> batch.events().forEach(model::add));
    assertThat(
            new HashSet<>(
                store.sums(TimeRange.ALL, EnumSet.complementOf(EnumSet.of(Dimension.DEVICE)))))
        .isEqualTo(model.sums());
    assertThat(store.events(new EventFilter.Within(TimeRange.ALL)))
        .extracting(StoredEvent::event)
        .containsExactlyInAnyOrderElementsOf(model.events());
    assertThat(store.verify()).isEmpty();
  }

  @Override
  public void close() {
    enough = true;
    threads.shutdownNow();
  }
}

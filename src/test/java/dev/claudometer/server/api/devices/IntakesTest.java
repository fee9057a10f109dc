package dev.claudometer.server.api.devices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.ingest.Committer;
import dev.claudometer.ingest.Overloaded;
import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many deliveries are taken at a time.
class IntakesTest {

  @TempDir private Path directory;
  private final AtomicInteger within = new AtomicInteger();

  @Test
  void ofOneMachineThereAreEightAndTheOthersHaveTheRest() throws Exception {
    assertThat(taken(20, 1)).isEqualTo(8);
    assertThat(taken(20, 2)).isEqualTo(16);
  }

  @Test
  void ofAllMachinesThereAre24AndEachPlaceIsFreeAgain() throws Exception {
    assertThat(taken(100, 50)).isEqualTo(24);
    assertThat(taken(24, 24)).isEqualTo(24);
  }

  /// So many deliveries come, machine by machine in turn, while none is done.
  ///
  /// @return how many were taken; the others were turned away
  private int taken(int deliveries, int machines) throws Exception {
    try (var store = SqliteStore.open(directory.resolve("store.db"), PriceBook::builtIn);
        var committer = new Committer(store, 1);
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var intakes = new Intakes(committer);
      var held = new CountDownLatch(1);
      within.set(0);
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < deliveries; i++) {
        all.add(come(callers, intakes, new DeviceId("d" + i % machines), held));
      }
      int taken = within.get();
      held.countDown();
      for (Future<Integer> each : all) {
        if (each.state() != Future.State.FAILED) {
          assertThat(each.get()).isEqualTo(1);
        }
      }
      assertThat(all)
          .filteredOn(each -> each.state() == Future.State.FAILED)
          .hasSize(deliveries - taken)
          .allMatch(each -> each.exceptionNow() instanceof Overloaded);
      return taken;
    }
  }

  /// Returns when it was taken or turned away.
  private Future<Integer> come(
      ExecutorService callers, Intakes intakes, DeviceId machine, CountDownLatch held) {
    int before = within.get();
    Future<Integer> delivery =
        callers.submit(
            () ->
                intakes.within(
                    machine,
                    () -> {
                      within.incrementAndGet();
                      held.await();
                      return 1;
                    }));
    while (within.get() == before && !delivery.isDone()) {
      Thread.onSpinWait();
    }
    return delivery;
  }
}

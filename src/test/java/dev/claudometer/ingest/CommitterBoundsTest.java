package dev.claudometer.ingest;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.CreditReading;
import dev.claudometer.model.DeviceId;
import dev.claudometer.store.Appender;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Receipt;
import dev.claudometer.usage.Events;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// How much waits, and how much is stored at a time, while a database stands still.
class CommitterBoundsTest {

  private static final DeviceId LAPTOP = new DeviceId("laptop");

  /// A database that stands still until it is told to go on; it notes how many deliveries each
  /// transaction has.
  private static final class Standing implements Appender {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final List<Integer> transactions = Collections.synchronizedList(new ArrayList<>());

    @Override
    public List<Receipt> append(List<Batch> batches) {
      transactions.add(batches.size());
      begun.countDown();
      try {
        go.await();
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
      return batches.stream().map(batch -> new Receipt(batch.events().size(), 0, 0)).toList();
    }

    @Override
    public void append(CreditReading credit, DeviceId device) {
      throw new UnsupportedOperationException();
    }
  }

  /// A delivery of 10 responses weighs 11; who finds more than 100 waiting is turned away.
  @Test
  void whatWaitsIsBoundedAndWhoIsTooManyIsTurnedAway() throws Exception {
    var database = new Standing();
    try (var committer = new Committer(database, 100);
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Admission>> deliveries = deliver(committer, database, callers, 40, 10);
      assertThat(committer.waiting()).isEqualTo(110);
      assertThat(deliveries).filteredOn(Future::isDone).hasSize(30);
      assertThat(deliveries.subList(10, 40))
          .allMatch(refused -> refused.exceptionNow() instanceof Overloaded);
      database.go.countDown();
      for (Future<Admission> stored : deliveries.subList(0, 10)) {
        assertThat(stored.get().stored().added()).isEqualTo(10);
      }
      assertThat(committer.waiting()).isZero();
    }
    assertThat(database.transactions).containsExactly(1, 9);
  }

  /// Of deliveries that weigh 1,001, seven have less than 8,000.
  @Test
  void whatIsStoredAtATimeIsBounded() throws Exception {
    var database = new Standing();
    try (var committer = new Committer(database, 1_000_000);
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Admission>> deliveries = deliver(committer, database, callers, 21, 1_000);
      database.go.countDown();
      for (Future<Admission> stored : deliveries) {
        assertThat(stored.get().stored().added()).isEqualTo(1_000);
      }
    }
    assertThat(database.transactions).containsExactly(1, 7, 7, 6);
  }

  /// One after the other: each waits, or was turned away, before the next one comes.
  private static List<Future<Admission>> deliver(
      Committer committer, Standing database, ExecutorService callers, int count, int responses)
      throws InterruptedException {
    List<Future<Admission>> deliveries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Intake intake = intake(i, responses);
      long before = committer.waiting();
      Future<Admission> delivery = callers.submit(() -> committer.store(LAPTOP, intake, List.of()));
      deliveries.add(delivery);
      while (committer.waiting() == before && !delivery.isDone()) {
        Thread.onSpinWait();
      }
      database.begun.await();
    }
    return deliveries;
  }

  private static Intake intake(int delivery, int responses) {
    var intake = new Intake();
    for (int i = 0; i < responses; i++) {
      intake.accept(Events.event("msg_" + delivery + "_" + i, "req", NOON, 5));
    }
    return intake;
  }
}

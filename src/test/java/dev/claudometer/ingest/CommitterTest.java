package dev.claudometer.ingest;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Receipt;
import dev.claudometer.store.Slice;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import dev.claudometer.usage.Events;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitterTest {

  private static final long PLENTY = 50_000;

  private UsageStore store;

  @BeforeEach
  void open(@TempDir Path directory) {
    store = SqliteStore.open(directory.resolve("store.db"), PriceBook::builtIn);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void manyCallersShareTransactionsAndEachLearnsWhatBecameOfItsOwn() throws Exception {
    try (var committer = new Committer(store, PLENTY);
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Admission>> answers = new ArrayList<>();
      for (int caller = 0; caller < 40; caller++) {
        answers.add(callers.submit(delivery(committer, caller)));
      }
      for (Future<Admission> answer : answers) {
        // ten events of its own, and one that every caller brings
        Receipt stored = answer.get().stored();
        assertThat(stored.added() + stored.unchanged() + stored.replaced()).isEqualTo(11);
        assertThat(stored.added()).isGreaterThanOrEqualTo(10);
      }
      assertThat(committer.waiting()).isZero();
    }
    assertThat(store.holdings().events()).isEqualTo(401);
    assertThat(store.standing().revision()).isLessThanOrEqualTo(441);
    assertThat(store.sums(TimeRange.ALL, Set.of(Dimension.DEVICE)))
        .extracting(Slice::device)
        .hasSize(40);
    assertThat(store.verify()).isEmpty();
  }

  private static Callable<Admission> delivery(Committer committer, int caller) {
    return () -> {
      var intake = new Intake();
      for (int i = 0; i < 10; i++) {
        intake.accept(event("msg_" + caller + "_" + i));
      }
      intake.accept(event("msg_of_all"));
      return committer.store(new DeviceId("device-" + caller), intake, List.of());
    };
  }

  @Test
  void batchThatCannotBeStoredFailsAloneAmongItsNeighbours() throws Exception {
    try (var committer = new Committer(store, PLENTY);
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Admission>> answers = new ArrayList<>();
      for (int caller = 0; caller < 20; caller++) {
        answers.add(callers.submit(delivery(committer, caller)));
        var bad = new Intake();
        bad.accept(event("msg_bad_" + caller));
        bad.accept(
            new Activity(
                ActivityKind.TURN,
                "u" + caller,
                Instant.MAX,
                new SessionId("s"),
                new ProjectName("p"),
                "unstorable",
                1));
        Future<Admission> failing =
            callers.submit(() -> committer.store(new DeviceId("bad-device"), bad, List.of()));
        assertThatThrownBy(failing::get).hasCauseInstanceOf(RuntimeException.class);
      }
      for (Future<Admission> answer : answers) {
        assertThat(answer.get().stored().added()).isGreaterThanOrEqualTo(10);
      }
    }
    assertThat(store.holdings().events()).isEqualTo(201);
    assertThat(store.verify()).isEmpty();
  }

  @Test
  void whoComesWhenTooMuchWaitsIsTurnedAwayAndNothingOfItIsKept() {
    try (var committer = new Committer(store, -1)) {
      var intake = new Intake();
      intake.accept(event("msg_1"));
      assertThatThrownBy(() -> committer.store(new DeviceId("d"), intake, List.of()))
          .isInstanceOf(Overloaded.class);
      assertThat(committer.waiting()).isZero();
    }
    assertThat(store.holdings().events()).isZero();
  }

  @Test
  void failureOfTheStoreReachesTheCaller() {
    try (var committer = new Committer(store, PLENTY)) {
      store.close();
      var intake = new Intake();
      intake.accept(event("msg_1"));
      assertThatThrownBy(() -> committer.store(new DeviceId("d"), intake, List.of()))
          .isInstanceOf(StoreException.class);
    }
  }

  @Test
  void closedCommitterTakesNothingMore() {
    var committer = new Committer(store, PLENTY);
    committer.close();
    committer.close();
    assertThatThrownBy(() -> committer.store(new DeviceId("d"), new Intake(), List.of()))
        .isInstanceOf(Overloaded.class);
  }

  private static UsageEvent event(String message) {
    return Events.event(message, "req", NOON, 5);
  }
}

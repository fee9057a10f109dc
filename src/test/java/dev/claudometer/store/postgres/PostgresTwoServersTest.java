package dev.claudometer.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Batch;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sql.SqlStore;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgresServer.class)
class PostgresTwoServersTest {

  private final PostgresServer.Running postgres;

  PostgresTwoServersTest(PostgresServer.Running postgres) {
    this.postgres = postgres;
  }

  @Test
  @Timeout(240)
  void batchesDeliveredOftenThroughTwoServersCountOnceThoughOneStops() throws Exception {
    String url = postgres.schema("two_servers");
    var random = new Random(1);
    List<Batch> batches = IntStream.range(0, 150).mapToObj(_ -> Agents.batch(random)).toList();
    Queue<Batch> deliveries = new ConcurrentLinkedQueue<>(repeated(random, batches));
    int middle = deliveries.size() / 2;
    try (var stays = open(url);
        var stops = open(url)) {
      List<Thread> threads =
          IntStream.range(0, 4)
              .mapToObj(i -> Thread.startVirtualThread(() -> deliver(i, deliveries, stays, stops)))
              .toList();
      while (deliveries.size() > middle) {
        Thread.sleep(1);
      }
      // in the middle of a transaction, which loses its connection
      threads.getFirst().interrupt();
      stop(stops);
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(deliveries).isEmpty();
      Agents.assertHolds(stays, batches);
    }
  }

  private static void stop(UsageStore server) {
    server.close();
  }

  /// Through either server; through the one that stays where the other fails.
  private static void deliver(
      int seed, Queue<Batch> deliveries, UsageStore stays, UsageStore stops) {
    var random = new Random(seed);
    for (Batch batch = deliveries.poll(); batch != null; batch = deliveries.poll()) {
      boolean done = false;
      while (!done) {
        try {
          (random.nextBoolean() ? stays : stops).append(batch);
          done = true;
        } catch (StoreException failure) {
          Thread.interrupted();
        }
      }
    }
  }

  private static List<Batch> repeated(Random random, List<Batch> batches) {
    List<Batch> repeated = new ArrayList<>();
    for (Batch batch : batches) {
      repeated.addAll(Collections.nCopies(1 + random.nextInt(5), batch));
    }
    Collections.shuffle(repeated, random);
    return repeated;
  }

  @Test
  @Timeout(240)
  void transactionThatLosesItsConnectionLeavesNothingToTheNextOne() throws Exception {
    String url = postgres.schema("lost_connections");
    try (var one = open(url);
        var other = open(url);
        var agents = new Agents(6, List.of(one, other));
        Connection connection = postgres.postgres().getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      for (int i = 0; i < 40 || agents.failures().isEmpty(); i++) {
        agents.awaitMore(5);
        statement.execute(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE application_name = 'claudometer' AND state <> 'idle'
            ORDER BY xact_start LIMIT 1\
            """);
      }
      Agents.assertHolds(one, agents.finish());
      Agents.assertHolds(other, agents.finish());
      assertThat(agents.failures())
          .isNotEmpty()
          .allMatch(failure -> failure.kind() == StoreException.Kind.BUSY)
          .noneMatch(failure -> String.valueOf(failure.getMessage()).contains("msg_"));
    }
  }

  private static SqlStore open(String url) {
    return new SqlStore(PostgresStore.database(url), PriceBook::builtIn);
  }
}

package dev.claudometer.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.sql.SqlStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("database")
class PostgresFailoverTest {

  @Test
  @Timeout(240)
  void replicaThatTakesOverHoldsAllThatWasAcknowledgedOnce(@TempDir Path directory)
      throws Exception {
    try (Cluster primary = Cluster.make(directory.resolve("primary"));
        Cluster replica = primary.replica(directory.resolve("replica"))) {
      // only a start setting: the replica waits for nobody when it takes over
      primary.start("synchronous_standby_names=*", "wal_keep_size=256MB");
      replica.start();
      String url =
          "postgresql://postgres@localhost:%d,localhost:%d/postgres"
              .formatted(primary.port(), replica.port());
      try (var one = new SqlStore(PostgresStore.database(url), PriceBook::builtIn);
          var other = new SqlStore(PostgresStore.database(url), PriceBook::builtIn);
          var agents = new Agents(6, List.of(one, other))) {
        agents.awaitMore(120);
        primary.kill();
        agents.awaitFailure();
        replica.promote();
        agents.awaitMore(120);
        Agents.assertHolds(one, agents.finish());
        assertThat(agents.failures())
            .isNotEmpty()
            .allMatch(failure -> failure.kind() == StoreException.Kind.BUSY);
      }
    }
  }
}

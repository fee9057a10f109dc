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
class PostgresRestartTest {

  @Test
  @Timeout(240)
  void databaseThatIsKilledLosesNothingAndDoublesNothing(@TempDir Path directory) throws Exception {
    try (Cluster cluster = Cluster.make(directory.resolve("data"))) {
      cluster.start();
      try (var one = new SqlStore(PostgresStore.database(cluster.url()), PriceBook::builtIn);
          var other = new SqlStore(PostgresStore.database(cluster.url()), PriceBook::builtIn);
          var agents = new Agents(6, List.of(one, other))) {
        for (int kill = 0; kill < 2; kill++) {
          agents.awaitMore(60);
          cluster.kill();
          cluster.start();
          agents.awaitMore(60);
        }
        Agents.assertHolds(one, agents.finish());
        assertThat(agents.failures())
            .isNotEmpty()
            .allMatch(failure -> failure.kind() == StoreException.Kind.BUSY);
      }
    }
  }
}

package dev.claudometer.store.postgres;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.Claim;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.usage.Events;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A database that is dropped and made again from an earlier copy, under a server that goes on.
@Tag("database")
@ExtendWith(PostgresServer.class)
class PostgresRollbackTest {

  private static final DeviceId MACHINE = new DeviceId("d_1");

  private final PostgresServer.Running postgres;

  PostgresRollbackTest(PostgresServer.Running postgres) {
    this.postgres = postgres;
  }

  @Test
  void databaseThatIsPutBackUnderARunningServerIsNoticed() throws Exception {
    List<String> told = new ArrayList<>();
    run("CREATE DATABASE rolled");
    String url = "postgresql://postgres@localhost:" + postgres.postgres().getPort() + "/rolled";
    try (var store = new SqlStore(PostgresStore.database(url), PriceBook::builtIn)) {
      tell(store, 0, 60, "early");
    }
    run("CREATE DATABASE kept TEMPLATE rolled");
    try (var database = PostgresStore.database(url);
        var store = new SqlStore(database, PriceBook::builtIn)) {
      database.rollbacks().follow(told::add);
      tell(store, 60, 80, "lost");
      run("DROP DATABASE rolled WITH (FORCE)");
      run("CREATE DATABASE rolled TEMPLATE kept");
      tellUntilItIsTaken(store, 80, 81, "late");
      assertThat(told).hasSize(1).first().asString().startsWith("the database was put back");
      assertThat(store.held(MACHINE, "s_1").upTo()).isEqualTo(60);
      tell(store, 60, 81, "lost");
      assertThat(store.held(MACHINE, "s_1").upTo()).isEqualTo(81);
      assertThat(store.verify()).isEmpty();
      assertThat(
              store.sums(TimeRange.ALL, Set.of(Dimension.SESSION)).stream()
                  .map(slice -> slice.session() + " " + slice.totals().responses()))
          .containsExactlyInAnyOrder("early 60", "lost 20", "late 1");
    } finally {
      run("DROP DATABASE IF EXISTS rolled WITH (FORCE)");
      run("DROP DATABASE IF EXISTS kept");
    }
  }

  /// Connections that were cut are noticed when they are used.
  private static void tellUntilItIsTaken(SqlStore store, int after, int upTo, String session) {
    for (int attempt = 0; attempt < 20; attempt++) {
      try {
        tell(store, after, upTo, session);
        return;
      } catch (StoreException away) {
        assertThat(away.kind()).isEqualTo(StoreException.Kind.BUSY);
      }
    }
    throw new AssertionError("it is never taken");
  }

  private static void tell(SqlStore store, int after, int upTo, String session) {
    var events = new ArrayList<UsageEvent>();
    for (int i = after + 1; i <= upTo; i++) {
      String name = i == 81 ? "late" : session;
      events.add(Events.event("msg_" + i, "req", NOON.plusSeconds(i), i, name, false));
    }
    var claim = new Claim("s_1", after, upTo, store.standing().generation());
    store.append(
        List.of(
            new Batch(
                MACHINE, events, List.of(), List.of(), List.of(), List.of(), List.of(), claim)));
  }

  private void run(String sql) throws SQLException {
    try (var connection = postgres.postgres().getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

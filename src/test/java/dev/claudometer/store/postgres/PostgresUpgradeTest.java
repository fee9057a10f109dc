package dev.claudometer.store.postgres;

import dev.claudometer.store.UpgradeContract;
import dev.claudometer.store.sql.engine.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("database")
@ExtendWith(PostgresServer.class)
class PostgresUpgradeTest extends UpgradeContract {

  private final PostgresServer.Running postgres;

  @TempDir private Path place;

  PostgresUpgradeTest(PostgresServer.Running postgres) {
    this.postgres = postgres;
  }

  @Override
  protected Database open(String name) {
    return PostgresStore.database(postgres.schema(schema(name)));
  }

  /// The ledger was made before the first script, as it is today.
  @Override
  protected Connection connect(String name) throws SQLException {
    postgres.schema(schema(name));
    Connection connection = postgres.postgres().getPostgresDatabase().getConnection();
    try (var statement = connection.createStatement()) {
      statement.execute("SET search_path TO " + schema(name));
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS ledger (
            one      INTEGER PRIMARY KEY CHECK (one = 1),
            version  INTEGER NOT NULL,
            revision BIGINT NOT NULL,
            horizon  BIGINT
          )\
          """);
      statement.execute(
          "INSERT INTO ledger (one, version, revision) VALUES (1, 0, 0) ON CONFLICT DO NOTHING");
    }
    return connection;
  }

  private String schema(String name) {
    return "u" + HexFormat.of().toHexDigits(place.hashCode()) + name;
  }

  @Override
  protected String scripts() {
    return "postgres-before";
  }

  @Override
  protected int count() {
    return 7;
  }
}

package dev.claudometer.store.postgres;

import dev.claudometer.store.registry.RegistryContract;
import dev.claudometer.store.sql.engine.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgresServer.class)
class PostgresRegistryTest extends RegistryContract {

  private final PostgresServer.Running postgres;

  PostgresRegistryTest(PostgresServer.Running postgres) {
    this.postgres = postgres;
  }

  @Override
  protected Database open(Path place) {
    return PostgresStore.database(postgres.schema(schema(place)));
  }

  @Override
  protected void tamper(Path place, String sql) {
    try (var connection = postgres.postgres().getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("SET search_path TO " + schema(place));
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static String schema(Path place) {
    return "r" + HexFormat.of().toHexDigits(place.hashCode());
  }
}

package dev.claudometer.store.sqlite;

import dev.claudometer.store.registry.RegistryContract;
import dev.claudometer.store.sql.engine.Database;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

class SqliteRegistryTest extends RegistryContract {

  @Override
  protected Database open(Path place) {
    return SqliteStore.database(place, Durability.POWER_CUT);
  }

  @Override
  protected void tamper(Path place, String sql) {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + place);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}

package dev.claudometer.store.sqlite;

import dev.claudometer.store.UpgradeContract;
import dev.claudometer.store.sql.engine.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

class SqliteUpgradeTest extends UpgradeContract {

  @TempDir private Path directory;

  @Override
  protected Database open(String name) {
    return SqliteStore.database(directory.resolve(name + ".db"), Durability.PROCESS);
  }

  @Override
  protected Connection connect(String name) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(name + ".db"));
  }

  @Override
  protected String scripts() {
    return "sqlite-before";
  }

  @Override
  protected int count() {
    return 8;
  }
}

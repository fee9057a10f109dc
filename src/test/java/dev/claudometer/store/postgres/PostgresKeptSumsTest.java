package dev.claudometer.store.postgres;

import dev.claudometer.store.KeptSumsContract;
import dev.claudometer.store.sql.engine.Database;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgresServer.class)
class PostgresKeptSumsTest extends KeptSumsContract {

  private final PostgresServer.Running postgres;

  PostgresKeptSumsTest(PostgresServer.Running postgres) {
    this.postgres = postgres;
  }

  @Override
  protected Database open(String name) {
    return PostgresStore.database(postgres.schema(name));
  }
}

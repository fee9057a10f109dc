package dev.claudometer.store.postgres;

import dev.claudometer.store.MissingTableContract;
import dev.claudometer.store.sql.engine.Database;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgresServer.class)
class PostgresMissingTableTest extends MissingTableContract {

  private final PostgresServer.Running postgres;

  PostgresMissingTableTest(PostgresServer.Running postgres) {
    this.postgres = postgres;
  }

  @Override
  protected Database open(Path place) {
    String schema = "m" + HexFormat.of().toHexDigits(place.hashCode());
    return PostgresStore.database(postgres.schema(schema));
  }
}

package dev.claudometer.store.postgres;

import dev.claudometer.store.poll.ReadingsContract;
import dev.claudometer.store.sql.engine.Database;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgresServer.class)
class PostgresReadingsTest extends ReadingsContract {

  private final PostgresServer.Running postgres;

  PostgresReadingsTest(PostgresServer.Running postgres) {
    this.postgres = postgres;
  }

  @Override
  protected Database open(Path place) {
    return PostgresStore.database(
        postgres.schema("q" + HexFormat.of().toHexDigits(place.hashCode())));
  }
}

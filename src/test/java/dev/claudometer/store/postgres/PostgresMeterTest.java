package dev.claudometer.store.postgres;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.meter.MeterContract;
import dev.claudometer.store.sql.SqlStore;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgresServer.class)
class PostgresMeterTest extends MeterContract {

  private final PostgresServer.Running postgres;

  PostgresMeterTest(PostgresServer.Running postgres) {
    this.postgres = postgres;
  }

  @Override
  protected UsageStore open(Path place, PriceBook prices) {
    String schema = "m" + HexFormat.of().toHexDigits(place.hashCode());
    return new SqlStore(PostgresStore.database(postgres.schema(schema)), () -> prices);
  }
}

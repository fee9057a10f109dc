package dev.claudometer.store.postgres;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.CallContract;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sql.SqlStore;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgresServer.class)
class PostgresCallTest extends CallContract {

  private final PostgresServer.Running postgres;

  PostgresCallTest(PostgresServer.Running postgres) {
    this.postgres = postgres;
  }

  @Override
  protected UsageStore open(Path place, PriceBook prices) {
    String schema = "c" + HexFormat.of().toHexDigits(place.hashCode());
    return new SqlStore(PostgresStore.database(postgres.schema(schema)), () -> prices);
  }
}

package dev.claudometer.store.postgres;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.GivingWayContract;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sql.SqlStore;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgresServer.class)
class PostgresGivingWayTest extends GivingWayContract {

  private final PostgresServer.Running postgres;

  PostgresGivingWayTest(PostgresServer.Running postgres) {
    this.postgres = postgres;
  }

  @Override
  protected UsageStore open(Path place, PriceBook prices) {
    String schema = "g" + HexFormat.of().toHexDigits(place.hashCode());
    return new SqlStore(PostgresStore.database(postgres.schema(schema)), () -> prices);
  }
}

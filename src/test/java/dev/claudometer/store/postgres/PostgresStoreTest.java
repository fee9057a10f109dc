package dev.claudometer.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.UsageStoreContract;
import dev.claudometer.store.sql.SqlStore;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgresServer.class)
class PostgresStoreTest extends UsageStoreContract {

  private final PostgresServer.Running postgres;

  PostgresStoreTest(PostgresServer.Running postgres) {
    this.postgres = postgres;
  }

  @Override
  protected UsageStore open(Path place, PriceBook prices) {
    String schema = "s" + HexFormat.of().toHexDigits(place.hashCode());
    return new SqlStore(PostgresStore.database(postgres.schema(schema)), () -> prices);
  }

  @Test
  void urlThatIsNoneIsRefusedWithAnExample() {
    assertThatThrownBy(() -> PostgresStore.database("mysql://localhost/x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("postgresql://name:password@host:5432/database");
  }

  @Test
  void passwordIsInNoMessage() {
    assertThatThrownBy(() -> PostgresStore.database("postgresql://me:secret%21@localhost:1/db"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("localhost:1/db")
        .hasMessageNotContaining("secret");
    assertThat(PostgresUrl.of("postgresql://me:secret%21@h1,h2/db").password())
        .isEqualTo("secret!");
  }
}

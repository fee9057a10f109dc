package dev.claudometer.app.server;

import static java.io.OutputStream.nullOutputStream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.store.registry.AuditEntry;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.store.registry.Registry.Deed;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.registry.SqlRegistry;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThisMachineTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir private Path directory;
  private Database database;
  private Registry registry;

  @BeforeEach
  void open() {
    database = SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS);
    registry = new SqlRegistry(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void containerThatIsMadeAgainIsTheSameDevice() {
    Device first = start("c0ffee000001", null);
    assertThat(start("c0ffee999999", null)).isEqualTo(first);
    assertThat(registry.devices().list()).hasSize(1);
    assertThat(first.hostname()).isEqualTo("c0ffee000001");
  }

  @Test
  void earlyDatabaseKeepsTheDeviceOfItsHostNameElseItsFirst() {
    Device first = early("c0ffee000001", NOON);
    Device second = early("c0ffee000002", NOON.plusSeconds(1));
    assertThat(start("c0ffee000002", null)).isEqualTo(second);
    assertThat(start("c0ffee999999", null)).isEqualTo(first);
    assertThat(registry.devices().list()).hasSize(2);
  }

  @Test
  void nameIsForPeopleAndChangesNothingElse() {
    Device named = start("c0ffee000001", "Loom");
    assertThat(named.name()).isEqualTo("Loom");
    assertThat(start("c0ffee000002", null)).isEqualTo(named);
    assertThat(start("c0ffee000003", "Shuttle"))
        .extracting(Device::id, Device::name, Device::hostname)
        .containsExactly(named.id(), "Shuttle", "c0ffee000001");
    assertThat(registry.auditLog().before(Long.MAX_VALUE, 10))
        .extracting(AuditEntry::action)
        .containsExactlyInAnyOrder("device.enrol", "device.change");
  }

  private Device early(String hostname, Instant at) {
    return registry.change(
        new Deed("console", "", "device.enrol", hostname, "this machine", at),
        () -> {
          Device added = registry.devices().add(hostname, hostname, "", at);
          registry.setting("localDevice." + hostname, added.id().text());
          return added;
        });
  }

  private Device start(String hostname, @Nullable String name) {
    var silent = new PrintStream(nullOutputStream());
    var surroundings =
        new Surroundings(
            Map.of("HOSTNAME", hostname),
            directory,
            InputStream.nullInputStream(),
            silent,
            silent,
            InstantSource.fixed(NOON),
            ZoneOffset.UTC,
            0,
            false);
    return new ThisMachine(registry, surroundings, name).device();
  }
}

package dev.claudometer.app.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.app.LimitSources;
import dev.claudometer.app.Pushing;
import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.config.OrganizationSettings;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.model.BilledReport;
import dev.claudometer.server.auth.TrustedProxies;
import dev.claudometer.server.http.Listening;
import dev.claudometer.server.otlp.Ports;
import dev.claudometer.source.adminapi.AdminSimulator;
import dev.claudometer.store.sql.bill.SqlBilling;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.quota.SqlReadings;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a whole server asks for by itself when it is configured so.
class OrganizationServingTest {

  private static final Instant NOW = Instant.parse("2026-11-02T12:30:00Z");

  @Test
  void serverWithAKeyPollsAndKeepsTheKeyToItself(@TempDir Path directory)
      throws InterruptedException {
    var out = new ByteArrayOutputStream();
    try (var simulator = new AdminSimulator(NOW)) {
      simulator.messages.put(
          Instant.parse("2026-11-01T00:00:00Z"), List.of(AdminSimulator.usage("k", "m", 5, 1)));
      var surroundings = surroundings(directory, simulator, out);
      try (var _ = RunningServer.start(surroundings, configuration(directory, surroundings));
          Database database =
              SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS)) {
        var billing = new SqlBilling(database);
        for (int i = 0; i < 2_400 && billing.poll("adminapi/claude-code").done() == null; i++) {
          Thread.sleep(50);
        }
        var readings = new SqlReadings(database);
        for (int i = 0; i < 2_400 && readings.poll("planlimits/cache").done() == null; i++) {
          Thread.sleep(50);
        }
        assertThat(readings.poll("planlimits/cache").done()).as("limits too").isEqualTo(NOW);
        assertThat(billing.known(BilledReport.MESSAGES)).isNotNull();
        assertThat(billing.poll("adminapi/claude-code").done()).isEqualTo(NOW);
      }
    }
    assertThat(out.toString(UTF_8)).contains("Claudometer listens").doesNotContain("canary");
  }

  private static Surroundings surroundings(
      Path directory, AdminSimulator simulator, ByteArrayOutputStream out) {
    var stream = new PrintStream(out, true, UTF_8);
    return new Surroundings(
        Map.of(
            "XDG_STATE_HOME", directory.toString(),
            "CLAUDOMETER_ADMIN_KEY", "sk-ant-admin01-canary",
            "CLAUDOMETER_ADMIN_URL", simulator.url().text()),
        directory,
        InputStream.nullInputStream(),
        stream,
        stream,
        InstantSource.fixed(NOW),
        ZoneOffset.UTC,
        0,
        false);
  }

  private static ServerOptions configuration(Path directory, Surroundings surroundings) {
    var values = new Values(surroundings);
    return new ServerOptions(
        new Listening("127.0.0.1", 0, null),
        new ServerOptions.Access(null, TrustedProxies.of(""), null, true, false),
        "file:" + directory.resolve("server.db"),
        null,
        null,
        null,
        OrganizationSettings.of(surroundings, values),
        LimitSources.of(ClaudeFiles.of(List.of(), surroundings), true, Set.of(), values),
        Pushing.settings(values),
        Ports.OFF,
        null,
        Set.of());
  }
}

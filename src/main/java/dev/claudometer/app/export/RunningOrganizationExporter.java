package dev.claudometer.app.export;

import dev.claudometer.app.Databases;
import dev.claudometer.app.Polling;
import dev.claudometer.app.Pushing;
import dev.claudometer.app.config.OrganizationSettings;
import dev.claudometer.app.process.LineLog;
import dev.claudometer.app.process.Started;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.Version;
import dev.claudometer.collect.PollLog;
import dev.claudometer.export.bill.OrganizationExport;
import dev.claudometer.export.otlp.PushSettings;
import dev.claudometer.export.scrape.Scraper;
import dev.claudometer.store.sql.bill.SqlBilling;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.registry.SqlRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// An exporter of an organisation's bill with all its parts, from its start to its end.
public final class RunningOrganizationExporter implements AutoCloseable {

  private final Surroundings surroundings;
  private final Started parts;
  private final AtomicReference<@Nullable Duration> lastRound = new AtomicReference<>();
  private int port;

  private RunningOrganizationExporter(Surroundings surroundings) {
    this.surroundings = surroundings;
    parts = new Started(why -> surroundings.err().println("claudometer: " + why));
  }

  /// What an exporter is started with.
  ///
  /// @param settings with a key
  /// @param database URL, null for the file of Claudometer's own
  /// @param port 0 for any free one
  /// @param since how far back history is asked for at first
  /// @param push what is pushed besides
  public record Configuration(
      OrganizationSettings settings,
      @Nullable String database,
      InetAddress address,
      int port,
      String namespace,
      Instant since,
      PushSettings push) {}

  /// Starts everything; where something fails, what has been started is ended.
  public static RunningOrganizationExporter start(
      Surroundings surroundings, Configuration configuration) {
    var running = new RunningOrganizationExporter(surroundings);
    running.parts.start(() -> running.start(configuration));
    return running;
  }

  private void start(Configuration configuration) {
    OrganizationSettings settings = configuration.settings();
    Database database = Databases.open(configuration.database(), StateDirectory.of(surroundings));
    parts.keep(database);
    parts.keep(LineLog.open(surroundings.err(), settings.level()));
    var pushing = Pushing.of(configuration.push(), surroundings.clock(), PollLog.log("push"));
    var export =
        new OrganizationExport(
            new SqlBilling(database),
            configuration.namespace(),
            new OrganizationExport.Asking(settings.pause(), configuration.since()),
            lastRound::get,
            database::bytes,
            Version.text(),
            pushing.collectors());
    Scraper scraper = export.scraper(surroundings.clock());
    port =
        parts
            .keep(
                ScrapePort.open(
                    surroundings, scraper, configuration.address(), configuration.port()))
            .port();
    if (settings.wanted().compareTo(settings.pause()) < 0) {
      surroundings
          .err()
          .println(
              "claudometer: asks every "
                  + settings.pause().toSeconds()
                  + " seconds, not every "
                  + settings.wanted().toSeconds()
                  + " (LOOP_INTERVAL): Anthropic asks for no more than that");
    }
    var collectors = new Polling(database, new SqlRegistry(database), surroundings.clock());
    parts.keep(collectors);
    collectors.organization(settings, configuration.since(), lastRound::set);
    var _ = parts.keep(pushing.metrics(scraper));
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    parts.close();
  }
}

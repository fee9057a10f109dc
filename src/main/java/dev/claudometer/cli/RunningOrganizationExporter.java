package dev.claudometer.cli;

import dev.claudometer.cli.surroundings.Failed;
import dev.claudometer.cli.surroundings.StateDirectory;
import dev.claudometer.cli.surroundings.Surroundings;
import dev.claudometer.cli.surroundings.Version;
import dev.claudometer.export.OrganizationExport;
import dev.claudometer.export.prometheus.ScrapeListener;
import dev.claudometer.export.prometheus.Scrapes;
import dev.claudometer.store.sql.Database;
import dev.claudometer.store.sql.SqlBilling;
import dev.claudometer.store.sql.SqlRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// An exporter of an organisation's bill with all its parts, from its start to its end.
final class RunningOrganizationExporter implements AutoCloseable {

  private final Surroundings surroundings;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final AtomicReference<@Nullable Duration> lastRound = new AtomicReference<>();
  private int port;

  private RunningOrganizationExporter(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// What an exporter is started with.
  ///
  /// @param settings with a key
  /// @param database URL, null for the file of Claudometer's own
  /// @param port 0 for any free one
  /// @param since how far back history is asked for at first
  record Configuration(
      OrganizationSettings settings,
      @Nullable String database,
      InetAddress address,
      int port,
      String namespace,
      Instant since) {}

  /// Starts everything; where something fails, what has been started is ended.
  static RunningOrganizationExporter start(Surroundings surroundings, Configuration configuration) {
    var running = new RunningOrganizationExporter(surroundings);
    boolean done = false;
    try {
      running.start(configuration);
      done = true;
      return running;
    } finally {
      if (!done) {
        running.close();
      }
    }
  }

  private void start(Configuration configuration) {
    OrganizationSettings settings = configuration.settings();
    Database database = Databases.open(configuration.database(), StateDirectory.of(surroundings));
    parts.push(database);
    parts.push(LineLog.open(surroundings.err(), settings.level()));
    var export =
        new OrganizationExport(
            new SqlBilling(database),
            configuration.namespace(),
            lastRound::get,
            database::bytes,
            Version.text());
    listen(configuration, new Scrapes(export.scraper(surroundings.clock())::scrape));
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
    var collectors = new Collectors(database, new SqlRegistry(database), surroundings.clock());
    parts.push(collectors);
    collectors.organization(settings, configuration.since(), lastRound::set);
  }

  private void listen(Configuration configuration, Scrapes scrapes) {
    try {
      ScrapeListener listener =
          ScrapeListener.start(scrapes, configuration.address(), configuration.port());
      parts.push(listener);
      port = listener.port();
      surroundings
          .out()
          .println(
              "Claudometer exports to http://"
                  + configuration.address().getHostAddress()
                  + ":"
                  + port
                  + "/metrics");
      surroundings.out().flush();
    } catch (IOException failure) {
      throw new Failed(
          "cannot listen on port "
              + configuration.port()
              + ": is another exporter running there? Choose another --port",
          failure);
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception failure) {
        surroundings.err().println("claudometer: " + failure.getMessage());
      }
    }
  }
}

package dev.claudometer.app.export;

import dev.claudometer.agent.ContinuousSync;
import dev.claudometer.agent.LocalSync;
import dev.claudometer.agent.SyncProgress;
import dev.claudometer.app.Pushing;
import dev.claudometer.app.Statistics;
import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.process.ManagedSettings;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.Started;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.Version;
import dev.claudometer.collect.PollLog;
import dev.claudometer.export.fleet.ActiveSessions;
import dev.claudometer.export.local.LocalExport;
import dev.claudometer.export.otlp.PushSettings;
import dev.claudometer.export.scrape.Scraper;
import dev.claudometer.model.DeviceId;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.source.claudecode.place.RunningClients;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/// An exporter with all its parts, from its start to its end.
public final class RunningExporter implements AutoCloseable {

  private final Surroundings surroundings;
  private final Started parts;
  private final AtomicReference<Instant> synced = new AtomicReference<>();
  private final Set<String> complained = new HashSet<>();
  private int port;

  private RunningExporter(Surroundings surroundings) {
    this.surroundings = surroundings;
    parts = new Started(why -> surroundings.err().println("claudometer: " + why));
  }

  /// What an exporter is started with.
  ///
  /// @param homes to read; none for the usual places
  /// @param port 0 for any free one
  /// @param zone that days are cut in
  /// @param push what is pushed besides
  public record Configuration(
      List<Path> homes, InetAddress address, int port, ZoneId zone, PushSettings push) {}

  /// Starts everything; where something fails, what has been started is ended.
  public static RunningExporter start(Surroundings surroundings, Configuration configuration) {
    var running = new RunningExporter(surroundings);
    running.parts.start(() -> running.start(configuration));
    return running;
  }

  private void start(Configuration configuration) {
    StateDirectory state = StateDirectory.of(surroundings);
    state.create();
    var prices = new PriceBooks(state, ManagedSettings.of(surroundings));
    ClaudeHome.Search search = search(configuration);
    Database database = SqliteStore.database(state.store(search), Durability.PROCESS);
    parts.keep(database);
    var store = new SqlStore(database, prices::book);
    prices.look(search.homes(), surroundings.clock().instant());
    store.reprice(prices.fingerprint());
    var pushing = Pushing.of(configuration.push(), surroundings.clock(), PollLog.log("push"));
    Scraper scraper =
        new LocalExport(
                store,
                store.told(),
                machine(configuration, search),
                database::bytes,
                Version.text(),
                pushing.collectors())
            .scraper(surroundings.clock());
    port =
        parts
            .keep(
                ScrapePort.open(
                    surroundings, scraper, configuration.address(), configuration.port()))
            .port();
    parts.keep(sync(configuration, store, new Statistics(store.told())));
    var _ = parts.keep(pushing.metrics(scraper));
  }

  private ClaudeHome.Search search(Configuration configuration) {
    return ClaudeFiles.search(configuration.homes(), surroundings);
  }

  private LocalExport.Machine machine(Configuration configuration, ClaudeHome.Search search) {
    var clients = new RunningClients(pid -> ProcessHandle.of(pid).isPresent());
    return new LocalExport.Machine(
        search.lookedAt().stream().map(Path::toString).collect(Collectors.joining(",")),
        configuration.zone(),
        () -> clients.sessions(search(configuration).homes(), surroundings.clock().instant()),
        synced::get);
  }

  private ContinuousSync sync(Configuration configuration, SqlStore store, Statistics statistics) {
    SyncProgress silent = (_, _) -> {};
    return new ContinuousSync(
        new LocalSync(store, DeviceId.THIS, 1, silent),
        () -> search(configuration).homes(),
        (_, everything) -> {
          Instant now = surroundings.clock().instant();
          synced.set(now);
          if (everything) {
            complain(statistics.read(search(configuration).homes()));
          }
          store.observeEnded(now.minus(ActiveSessions.SILENCE));
        });
  }

  /// Once of each.
  private void complain(List<String> unread) {
    for (String what : unread) {
      if (complained.add(what)) {
        surroundings.err().println("claudometer: cannot read " + what);
      }
    }
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    parts.close();
  }
}

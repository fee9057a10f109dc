package dev.claudometer.app;

import dev.claudometer.app.config.OrganizationSettings;
import dev.claudometer.agent.ContinuousSync;
import dev.claudometer.agent.LocalSync;
import dev.claudometer.agent.SyncProgress;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Parts;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.Version;
import dev.claudometer.collect.PollLog;
import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.quota.Polled;
import dev.claudometer.export.otlp.PushSettings;
import dev.claudometer.ingest.Committer;
import dev.claudometer.server.Gatekeeper;
import dev.claudometer.server.Jobs;
import dev.claudometer.server.http.Listening;
import dev.claudometer.server.http.Server;
import dev.claudometer.server.ServerLog;
import dev.claudometer.server.http.TlsFiles;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.LogPage;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.auth.Guests;
import dev.claudometer.server.auth.HostGuard;
import dev.claudometer.server.auth.Identities;
import dev.claudometer.server.auth.MemoryRateLimits;
import dev.claudometer.server.auth.Passwords;
import dev.claudometer.server.auth.RateLimits;
import dev.claudometer.server.auth.Sightings;
import dev.claudometer.server.auth.TrustedProxies;
import dev.claudometer.server.redis.AnswerCache;
import dev.claudometer.server.redis.Redis;
import dev.claudometer.server.redis.RedisRateLimits;
import dev.claudometer.server.web.Web;
import dev.claudometer.source.claudecode.ClaudeHome;
import dev.claudometer.source.claudecode.LineTypes;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.bill.SqlBilling;
import dev.claudometer.store.sql.quota.SqlReadings;
import dev.claudometer.store.sql.registry.SqlRegistry;
import dev.claudometer.store.sql.SqlStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A server with all its parts, from its start to its end.
public final class RunningServer implements AutoCloseable {

  private static final Set<String> ANY = Set.of("0.0.0.0", "::");
  private static final long MOST_WAITING = 60_000;

  private final Surroundings surroundings;
  private final Parts parts;

  private RunningServer(Surroundings surroundings) {
    this.surroundings = surroundings;
    parts = new Parts(why -> surroundings.err().println("claudometer: " + why));
  }

  /// What a server is started with.
  ///
  /// @param database URL, null for the file of Claudometer's own
  /// @param local whether this machine's transcripts are counted
  /// @param publicHost the name that people use
  /// @param redis URL, null where there is none
  /// @param redisPrefix of all keys there
  /// @param redisTime how long answers are kept there
  /// @param organization how its bills are asked for, if it has a key
  /// @param limits sources of this machine's quotas
  /// @param push what is pushed besides
  public record Configuration(
      Listening listening,
      @Nullable String database,
      @Nullable String scraper,
      boolean local,
      List<Path> homes,
      TrustedProxies proxies,
      @Nullable String publicHost,
      boolean loopback,
      boolean openRegistration,
      @Nullable String redis,
      String redisPrefix,
      Duration redisTime,
      OrganizationSettings organization,
      LimitSources limits,
      PushSettings push) {}

  /// Starts everything; where something fails, what has been started is ended.
  public static RunningServer start(Surroundings surroundings, Configuration configuration) {
    var running = new RunningServer(surroundings);
    boolean done = false;
    try {
      running.start(configuration);
      done = true;
      return running;
    } catch (TlsFiles.Unusable unusable) {
      throw new Failed(String.valueOf(unusable.getMessage()), unusable);
    } finally {
      if (!done) {
        running.close();
      }
    }
  }

  private void start(Configuration configuration) {
    ServerLog log = log(configuration);
    StateDirectory state = StateDirectory.of(surroundings);
    var prices = new PriceBooks(state);
    Database database = Databases.open(configuration.database(), state);
    parts.keep(database);
    var store = new SqlStore(database, prices::book);
    store.reprice(prices.fingerprint());
    var billing = new SqlBilling(database);
    Registry registry = new SqlRegistry(database);
    var committer = new Committer(store, MOST_WAITING);
    parts.keep(committer);
    var sightings = new Sightings(registry);
    parts.keep(sightings);
    var identities =
        new Identities(registry, sightings, surroundings.clock(), configuration.scraper());
    var guests = new Guests(registry, configuration.publicHost());
    Redis redis = redis(configuration);
    RateLimits limits = limits(redis);
    var pushing = Pushing.of(configuration.push(), surroundings.clock(), PollLog.log("push"));
    var api =
        Api.of(
            new Api.Parts(
                store,
                billing,
                new SqlReadings(database),
                registry,
                committer,
                prices::book,
                prices::updated,
                new PriceShelf(state, prices, store),
                new DatabaseBackups(database, state),
                identities,
                guests,
                sightings,
                limits,
                new Passwords(Passwords.COST),
                log,
                redis == null ? () -> Map.of("enabled", false, "connected", false) : redis::health,
                database::bytes,
                redis == null
                    ? (_, work) -> work.get()
                    : new AnswerCache(redis, configuration.redisTime()),
                RunningServer::known,
                told(
                    pushing, new Polled(new SqlReadings(database), configuration.limits().names())),
                configuration.openRegistration(),
                surroundings.clock(),
                Version.text()));
    var gate =
        new Gatekeeper(
            new HostGuard(configuration.loopback(), configuration.publicHost()),
            configuration.proxies(),
            identities,
            guests,
            limits);
    Server server = listen(configuration, api, gate);
    parts.keep(server);
    parts.keep(
        new Jobs(store, registry, () -> store.reprice(prices.reread()), surroundings.clock()));
    if (configuration.local()) {
      parts.keep(sync(store, registry, sightings, configuration));
    }
    collect(configuration, database, registry);
    var _ = parts.keep(pushing.metrics(api.scraper()));
    new Greeting(surroundings, registry).print(address(configuration, server.port()));
  }

  private void collect(Configuration configuration, Database database, Registry registry) {
    var collectors = new Polling(database, registry, surroundings.clock());
    parts.keep(collectors);
    collectors.organization(configuration.organization());
    collectors.limits(configuration.limits(), () -> ThisMachine.in(registry, surroundings).id());
  }

  private static List<Collector> told(Pushing pushing, Polled polled) {
    return Stream.concat(pushing.collectors().stream(), Stream.of(polled)).toList();
  }

  private @Nullable Redis redis(Configuration configuration) {
    if (configuration.redis() == null) {
      return null;
    }
    Redis redis =
        Redis.of(configuration.redis(), configuration.redisPrefix(), surroundings.clock());
    parts.keep(redis);
    return redis;
  }

  private RateLimits limits(@Nullable Redis redis) {
    var alone = new MemoryRateLimits(surroundings.clock());
    return redis == null ? alone : new RedisRateLimits(redis, alone, surroundings.clock());
  }

  private Server listen(Configuration configuration, Api api, Gatekeeper gate) {
    var web = new Web(api);
    List<Route> routes = Stream.of(api.routes(), web.routes()).flatMap(List::stream).toList();
    try {
      return Server.start(
          configuration.listening(), routes, gate, web::error, surroundings.clock());
    } catch (TlsFiles.Unusable unusable) {
      throw unusable;
    } catch (RuntimeException failure) {
      throw new Failed(
          "cannot listen on "
              + configuration.listening().host()
              + ":"
              + configuration.listening().port()
              + ": is another server running there? Choose another --port",
          failure);
    }
  }

  private ServerLog log(Configuration configuration) {
    var log = new ServerLog(this::print);
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    Logger.getLogger("claudometer").setLevel(configuration.organization().level());
    root.addHandler(log);
    parts.keep(() -> root.removeHandler(log));
    return log;
  }

  private void print(LogPage.Line line) {
    surroundings
        .err()
        .println(line.at() + " " + line.level() + " " + line.category() + " " + line.message());
  }

  private ContinuousSync sync(
      SqlStore store, Registry registry, Sightings sightings, Configuration configuration) {
    Device device = ThisMachine.in(registry, surroundings);
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    SyncProgress silent = (_, _) -> {};
    return new ContinuousSync(
        new LocalSync(store, device.id(), threads, silent),
        () ->
            ClaudeHome.find(
                    configuration.homes(), surroundings.environment(), surroundings.userHome())
                .homes(),
        (_, _) ->
            sightings.seen(
                device.id(),
                surroundings.clock().instant(),
                "claudometer/" + Version.text(),
                Duration.ZERO));
  }

  /// Whether a line's type, with or without its subtype, is one that we know to be harmless.
  private static boolean known(String type) {
    return type.startsWith("(") || LineTypes.known(type.replaceFirst("/.*", ""));
  }

  /// What people type.
  private static String address(Configuration configuration, int port) {
    String scheme = configuration.listening().tls() == null ? "http" : "https";
    String address = configuration.listening().host();
    String host = configuration.loopback() || ANY.contains(address) ? "localhost" : address;
    return scheme + "://" + host + ":" + port;
  }

  @Override
  public void close() {
    parts.close();
  }
}

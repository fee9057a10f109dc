package dev.claudometer.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.claudometer.ingest.Committer;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.Options;
import dev.claudometer.server.api.StoreWatch;
import dev.claudometer.server.auth.Guests;
import dev.claudometer.server.auth.HostGuard;
import dev.claudometer.server.auth.Identities;
import dev.claudometer.server.auth.MemoryRateLimits;
import dev.claudometer.server.auth.Passwords;
import dev.claudometer.server.auth.Scopes;
import dev.claudometer.server.auth.Secrets;
import dev.claudometer.server.auth.Secrets.Secret;
import dev.claudometer.server.auth.Sightings;
import dev.claudometer.server.auth.TrustedProxies;
import dev.claudometer.server.http.Listening;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.http.Server;
import dev.claudometer.server.web.Web;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.bill.Billing;
import dev.claudometer.store.poll.Readings;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.Credential;
import dev.claudometer.store.registry.Credential.Kind;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.bill.SqlBilling;
import dev.claudometer.store.sql.engine.Copying;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.quota.SqlReadings;
import dev.claudometer.store.sql.registry.SqlRegistry;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A whole server on a free port, with a clock that stands where a test puts it, or runs from
/// there.
public final class TestServer implements AutoCloseable {

  public static final String PASSWORD = "quite a long one, 42";

  public final UsageStore store;
  public final Billing billing;
  public final Readings readings;
  public final Registry registry;
  public final List<Route> routes;
  public final TestPrices shelf;
  public final ServerLog log = new ServerLog(_ -> {});
  private final Database database;
  private final Committer committer;
  private final StoreWatch watch;
  public final Sightings sightings;
  private final Server server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private volatile InstantSource time = InstantSource.system();

  /// How it differs from a usual one.
  public static final String SCRAPER = "what-the-scraper-was-given";

  public record Setup(
      boolean loopback, String proxies, boolean openRegistration, long mostWaiting) {

    public static final Setup USUAL = new Setup(true, "", false, 60_000);
  }

  public TestServer(Database database, Setup kind) {
    this(database, new TestPrices(), kind);
  }

  private TestServer(Database database, TestPrices shelf, Setup kind) {
    this(database, new SqlStore(database, shelf::book), shelf, kind);
  }

  TestServer(Database database, UsageStore store, Setup kind) {
    this(database, store, new TestPrices(), kind);
  }

  private TestServer(Database database, UsageStore store, TestPrices shelf, Setup kind) {
    this.database = database;
    this.shelf = shelf;
    shelf.store = store;
    this.store = store;
    billing = new SqlBilling(database);
    readings = new SqlReadings(database);
    registry = new SqlRegistry(database);
    committer = new Committer(store, kind.mostWaiting());
    InstantSource clock = this::now;
    watch = new StoreWatch(store, registry, clock, committer::failure, () -> {});
    sightings = new Sightings(registry);
    var identities = new Identities(registry, sightings, clock, Secrets.digest(SCRAPER));
    var guests = new Guests(registry, null);
    var limits = new MemoryRateLimits(clock);
    var api =
        Api.of(
            new Options(
                new Options.Stores(
                    store, billing, readings, registry, committer, database::bytes, watch),
                new Options.Pricing(
                    shelf::book, () -> Instant.parse("2026-11-01T00:00:00Z"), shelf),
                new Options.Entrance(
                    identities,
                    guests,
                    sightings,
                    limits,
                    new Passwords(4),
                    kind.openRegistration()),
                new Options.Running(
                    clock,
                    "test",
                    log,
                    this::backup,
                    (_, work) -> work.get(),
                    () -> Map.of("enabled", false),
                    "user"::equals,
                    List.of())));
    var web = new Web(api);
    routes = Stream.of(api.routes(), web.routes()).flatMap(List::stream).toList();
    var gate =
        new Gatekeeper(
            new HostGuard(kind.loopback(), null),
            TrustedProxies.of(kind.proxies()),
            identities,
            guests,
            limits,
            new Scopes(registry));
    Logger.getLogger("claudometer").addHandler(log);
    server =
        Server.start(new Listening("127.0.0.1", 0, null), routes, gate, web::error, clock, clock);
  }

  private Path backup() throws IOException {
    Path file = Files.createTempFile("backup", ".db");
    try (Database copy = SqliteStore.database(file, Durability.PROCESS)) {
      new Copying(database, copy).run();
    }
    return file;
  }

  private Instant now() {
    return time.instant();
  }

  /// From now on the clock stands.
  ///
  /// @param at where; null for the system's, which goes on
  public void clock(@Nullable Instant at) {
    time = at == null ? InstantSource.system() : InstantSource.fixed(at);
  }

  /// From now on the clock runs on from there, whatever day the system has.
  public void clockFrom(Instant at) {
    time = InstantSource.offset(InstantSource.system(), Duration.between(Instant.now(), at));
  }

  public int port() {
    return server.port();
  }

  /// A person with a password, logged in.
  ///
  /// @return the session cookie
  public String login(String name, Role role) {
    registry.change(
        new Registry.Deed("test", "", "user.add", name, "", now()),
        () -> registry.accounts().add(name, role, new Passwords(4).hash(PASSWORD), now()));
    var answer =
        post("/api/v1/login", "{\"name\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}");
    return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
  }

  /// What a server prints that has nobody yet.
  public String setupToken() {
    Secret token = new Secrets().next("st_");
    registry.change(
        new Registry.Deed("test", "", "setup.token", "", "", now()),
        () -> {
          registry
              .credentials()
              .add(
                  new Credential(
                      token.digest(),
                      Kind.SETUP_TOKEN,
                      "",
                      "",
                      "",
                      token.prefix(),
                      "",
                      now(),
                      null,
                      now().plusSeconds(3_600)));
          return token;
        });
    return token.text();
  }

  /// A machine.
  ///
  /// @return its key
  public String device(String name) {
    Secret key = new Secrets().next("dk_");
    registry.change(
        new Registry.Deed("test", "", "device.enrol", name, "", now()),
        () -> {
          var device = registry.devices().add(name, name + ".host", "", now());
          registry
              .credentials()
              .add(
                  new Credential(
                      key.digest(),
                      Kind.DEVICE_KEY,
                      device.id().text(),
                      "",
                      "",
                      key.prefix(),
                      "",
                      now(),
                      null,
                      null));
          return device;
        });
    return key.text();
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  public HttpResponse<String> post(String path, String body, String... headers) {
    return post(path, body.getBytes(UTF_8), headers);
  }

  public HttpResponse<String> post(String path, byte[] body, String... headers) {
    return method("POST", path, body, headers);
  }

  public HttpResponse<String> method(String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request = request(path, headers);
    if (List.of(headers).stream().noneMatch("Content-Type"::equals)) {
      request.header("Content-Type", "application/json");
    }
    return send(request.method(method, BodyPublishers.ofByteArray(body)));
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
            .timeout(Duration.ofSeconds(60));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  public JsonNode json(HttpResponse<String> answer) {
    try {
      return json.readTree(answer.body());
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }

  @Override
  public void close() {
    Logger.getLogger("claudometer").removeHandler(log);
    client.close();
    server.close();
    sightings.close();
    watch.close();
    committer.close();
    database.close();
  }
}

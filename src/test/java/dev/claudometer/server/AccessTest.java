package dev.claudometer.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Secrets;
import dev.claudometer.server.auth.Secrets.Secret;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.Credential;
import dev.claudometer.store.registry.Credential.Kind;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may do what: the controls of docs/security.md over real HTTP.
@Tag("long")
class AccessTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private static final Set<String> OPEN_TO_ALL =
      Set.of(
          "GET /healthz",
          "GET /api/health",
          "GET /api/v1/setup",
          "GET /api/v1/openapi.json",
          "GET /assets/{file}",
          "GET /login",
          "POST /login",
          "GET /setup",
          "GET /setup/admin",
          "POST /setup/admin",
          "POST /api/v1/setup",
          "POST /api/v1/login",
          "POST /api/v1/enrol",
          "POST /api/usage",
          "POST /api/devices/register");

  private Path directory;
  private TestServer server;

  @BeforeEach
  void start(@TempDir Path place) {
    directory = place;
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.POWER_CUT),
            new TestServer.Setup(true, "127.0.0.1/32", false, 60_000));
    server.clock(NOON);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void onlyTheRoutesOfThisListAreOpenToAll() {
    assertThat(server.routes)
        .filteredOn(route -> route.access() == Access.PUBLIC)
        .extracting(route -> route.method() + " " + route.path())
        .containsExactlyInAnyOrderElementsOf(OPEN_TO_ALL);
  }

  @Test
  void everyRouteAnswersEachRoleAsItsAccessSays() {
    Map<Role, String> people = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      people.put(role, server.login(role.name(), role));
    }
    String device = server.device("laptop");
    int minute = 0;
    for (Route route : server.routes) {
      // a new minute: this is not about rates
      server.clock(NOON.plusSeconds(60L * minute++));
      assertThat(refused(route, "X-Forwarded-For", "10.0.0.1"))
          .as("nobody: %s", route)
          .isEqualTo(route.access() != Access.PUBLIC);
      assertThat(refused(route, "X-Device-Key", device))
          .as("device: %s", route)
          .isEqualTo(route.access() != Access.PUBLIC && route.access() != Access.DEVICE);
      if (!route.path().endsWith("logout")) {
        people.forEach(
            (role, cookie) ->
                assertThat(refused(route, "Cookie", cookie, "Sec-Fetch-Site", "same-origin"))
                    .as("%s: %s", role, route)
                    .isEqualTo(!MAY.get(route.access()).contains(role)));
      }
    }
  }

  /// Access → the roles that have it, written out by hand.
  private static final Map<Access, Set<Role>> MAY =
      Map.of(
          Access.PUBLIC, Set.of(Role.values()),
          Access.DEVICE, Set.of(),
          Access.METRICS, Set.of(Role.VIEWER, Role.FINANCE, Role.ADMIN),
          Access.VIEWER, Set.of(Role.values()),
          Access.FLEET, Set.of(Role.VIEWER, Role.FINANCE, Role.ADMIN),
          Access.FINANCE, Set.of(Role.FINANCE, Role.ADMIN),
          Access.ADMIN, Set.of(Role.ADMIN));

  @Test
  void metricsAreForThisMachineItselfAndForTokens() throws IOException {
    for (String path : List.of("/metrics", "/api/metrics")) {
      assertThat(server.get(path).statusCode()).isEqualTo(200);
      assertThat(server.get(path, "X-Forwarded-For", "127.0.0.1").statusCode()).isEqualTo(401);
      assertThat(server.get(path, "Forwarded", "for=127.0.0.1").statusCode()).isEqualTo(401);
      assertThat(server.get(path, "Authorization", "Bearer ct_guessed").statusCode())
          .isEqualTo(401);
      String viewer = token(Role.VIEWER, path);
      assertThat(
              server
                  .get(path, "Authorization", "Bearer " + viewer, "X-Forwarded-For", "10.0.0.1")
                  .statusCode())
          .isEqualTo(200);
    }
    assertThat(rawFromAnyName("rebound.example")).startsWith("HTTP/1.1 401");
    assertThat(rawFromAnyName("localhost")).startsWith("HTTP/1.1 200");
    assertThat(server.get("/metrics", "X-Device-Key", server.device("laptop")).statusCode())
        .isEqualTo(403);
  }

  @Test
  void theScrapersSecretOpensTheMetricsAndNothingElse() throws IOException {
    String[] scraper = {
      "Authorization", "Bearer " + TestServer.SCRAPER, "X-Forwarded-For", "10.0.0.1"
    };
    assertThat(server.get("/metrics", scraper).statusCode()).isEqualTo(200);
    assertThat(server.get("/api/v1/devices", scraper).statusCode()).isEqualTo(403);
    assertThat(server.get("/api/v1/settings", scraper).statusCode()).isEqualTo(403);
    assertThat(server.get("/", scraper).statusCode()).isNotEqualTo(200);
  }

  /// Asks a server that answers to every name.
  private String rawFromAnyName(String host) throws IOException {
    try (var open =
            new TestServer(
                SqliteStore.database(directory.resolve(host), Durability.PROCESS),
                new TestServer.Setup(false, "", false, 10));
        var socket = new Socket("127.0.0.1", open.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private String token(Role role, String label) {
    var owner = server.registry.accounts().named("owner");
    String holder =
        owner != null
            ? owner.id()
            : server.registry.change(
                new Registry.Deed("test", "", "user.add", "owner", "", NOON),
                () -> server.registry.accounts().add("owner", Role.ADMIN, "-", NOON).id());
    Secret token = new Secrets().next("ct_");
    server.registry.change(
        new Registry.Deed("test", "", "token.add", label, "", NOON),
        () -> {
          server
              .registry
              .credentials()
              .add(
                  new Credential(
                      token.digest(),
                      Kind.API_TOKEN,
                      holder,
                      label,
                      role.name(),
                      token.prefix(),
                      "",
                      NOON,
                      null,
                      null));
          return token;
        });
    return token.text();
  }

  /// Whether the gate refuses; what a route itself says of a nonsensical request does not matter.
  private boolean refused(Route route, String... headers) {
    HttpResponse<String> answer =
        server.method(
            route.method(),
            route.path().replaceAll("\\{[a-z]+}", "none"),
            route.changes() ? "[]".getBytes(UTF_8) : new byte[0],
            headers);
    String detail = answer.body();
    return detail.contains("log in, or send a token") || detail.contains("this is not for you");
  }

  @Test
  void unknownPathsAndMethodsAreProblems() {
    assertThat(server.get("/nothing").statusCode()).isEqualTo(404);
    assertThat(server.get("/api/usage").statusCode()).isEqualTo(405);
    assertThat(server.get("/../../etc/passwd").statusCode()).isBetween(400, 404);
    assertThat(server.get("/%2e%2e/%2e%2e/etc/passwd").statusCode()).isBetween(400, 404);
    HttpResponse<String> answer = server.get("/nothing");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(server.json(answer).get("instance").asText()).startsWith("urn:uuid:");
  }

  @Test
  void answersTellBrowsersToBeCarefulAndNothingOfTheServer() {
    HttpResponse<String> answer = server.get("/healthz");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("Server")).isEmpty();
  }

  @Test
  void cookieIsForThisSiteAndForNoScript() {
    server.login("ada", Role.ADMIN);
    String cookie = login("ada", TestServer.PASSWORD).headers().firstValue("Set-Cookie").orElse("");
    assertThat(cookie)
        .startsWith("claudometer=")
        .contains("; HttpOnly", "; SameSite=Strict", "; Path=/");
    String secure =
        server
            .post(
                "/api/v1/login",
                "{\"name\":\"ada\",\"password\":\"" + TestServer.PASSWORD + "\"}",
                "X-Forwarded-Proto",
                "https")
            .headers()
            .firstValue("Set-Cookie")
            .orElse("");
    assertThat(secure).startsWith("__Host-claudometer=").contains("; Secure");
  }

  @Test
  void eachLoginHasASessionOfItsOwnAndLogoutEndsIt() {
    String first = server.login("ada", Role.ADMIN);
    String second = cookie(login("ada", TestServer.PASSWORD));
    assertThat(first).isNotEqualTo(second);
    server.post("/api/v1/logout", "", "Cookie", first, "Sec-Fetch-Site", "same-origin");
    assertThat(server.get("/api/v1/me", "Cookie", first).statusCode()).isEqualTo(401);
    assertThat(server.get("/api/v1/me", "Cookie", second).statusCode()).isEqualTo(200);
  }

  @Test
  void sessionEndsWhenItIsIdleAndAfterAWeek() {
    String cookie = server.login("ada", Role.ADMIN);
    server.clock(NOON.plusSeconds(11 * 3600));
    assertThat(server.get("/api/v1/me", "Cookie", cookie).statusCode()).isEqualTo(200);
    server.clock(NOON.plusSeconds(24 * 3600));
    assertThat(server.get("/api/v1/me", "Cookie", cookie).statusCode()).isEqualTo(401);
    String used = cookie(login("ada", TestServer.PASSWORD));
    for (int hours = 24; hours < 24 + 7 * 24; hours += 10) {
      server.clock(NOON.plusSeconds(hours * 3600L));
      assertThat(server.get("/api/v1/me", "Cookie", used).statusCode()).isEqualTo(200);
    }
    server.clock(NOON.plusSeconds((24 + 7 * 24 + 1) * 3600L));
    assertThat(server.get("/api/v1/me", "Cookie", used).statusCode()).isEqualTo(401);
  }

  @Test
  void otherSitesCannotChangeAnything() {
    String cookie = server.login("ada", Role.ADMIN);
    String body = "{\"timeZone\":\"Europe/Berlin\"}";
    String host = "localhost:" + server.port();
    assertThat(change(body, "Cookie", cookie, "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
    assertThat(change(body, "Cookie", cookie, "Sec-Fetch-Site", "same-site")).isEqualTo(403);
    assertThat(change(body, "Cookie", cookie, "Origin", "https://evil.example")).isEqualTo(403);
    assertThat(change(body, "Cookie", cookie, "Origin", "null")).isEqualTo(403);
    assertThat(change(body, "Cookie", cookie)).as("no word on the page").isEqualTo(403);
    assertThat(
            change(
                body,
                "Cookie",
                cookie,
                "Sec-Fetch-Site",
                "same-origin",
                "Content-Type",
                "text/plain"))
        .isEqualTo(415);
    assertThat(server.registry.settings()).doesNotContainKey("timeZone");
    assertThat(change(body, "Cookie", cookie, "Origin", "http://" + host)).isEqualTo(200);
    assertThat(server.registry.settings()).containsEntry("timeZone", "Europe/Berlin");
  }

  private int change(String body, String... headers) {
    return server.method("PATCH", "/api/v1/settings", body.getBytes(UTF_8), headers).statusCode();
  }

  @Test
  void hostNamesThatAreNotOursGetNothing() throws IOException {
    assertThat(raw("GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421");
    assertThat(raw("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:9\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void whoKnowsASecretMayCallTheServerByAnyName() throws IOException {
    String request = "GET /metrics HTTP/1.1\r\nHost: server:3000\r\nConnection: close\r\n";
    assertThat(raw(request + "Authorization: Bearer " + TestServer.SCRAPER + "\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
    assertThat(raw(request + "Authorization: Bearer guessed\r\n\r\n")).startsWith("HTTP/1.1 401");
    assertThat(raw(request + "\r\n")).startsWith("HTTP/1.1 421");
  }

  private String raw(String request) throws IOException {
    try (var socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void wrongPasswordsCloseAnAccountToWhereTheyComeFromForLongerEachTime() {
    server.login("ada", Role.ADMIN);
    List<String> waits = new ArrayList<>();
    Instant at = NOON;
    String[] there = {"X-Forwarded-For", "10.0.0.1"};
    for (int i = 0; i < 9; i++) {
      assertThat(login("ada", "wrong " + i, there).statusCode()).isEqualTo(401);
      HttpResponse<String> next = i < 4 ? null : login("ada", TestServer.PASSWORD, there);
      if (next != null) {
        assertThat(next.statusCode()).isEqualTo(429);
        String wait = next.headers().firstValue("Retry-After").orElseThrow();
        waits.add(wait);
        at = at.plusSeconds(Long.parseLong(wait));
        server.clock(at);
      }
    }
    assertThat(waits).containsExactly("60", "120", "240", "480", "960");
    assertThat(login("ada", TestServer.PASSWORD, there).statusCode()).isEqualTo(200);
    assertThat(login("ada", "wrong", there).statusCode()).isEqualTo(401);
    assertThat(login("ada", TestServer.PASSWORD, there).statusCode()).isEqualTo(200);
  }

  @Test
  void secretInAnAddressOpensNothing() throws IOException {
    String token = token(Role.ADMIN, "address");
    for (String query : List.of("?token=", "?access_token=", "?key=", "?X-Device-Key=")) {
      assertThat(
              server
                  .get("/api/v1/devices" + query + token, "X-Forwarded-For", "10.0.0.1")
                  .statusCode())
          .isEqualTo(401);
    }
    assertThat(server.get("/api/v1/devices", "Authorization", "Bearer " + token).statusCode())
        .isEqualTo(200);
  }

  @Test
  void wrongBodiesAreToldInTheCallersWords() {
    String admin = server.login("ada", Role.ADMIN);
    for (String[] wrong :
        new String[][] {
          {
            "/api/v1/users",
            "{\"name\":\"bo\",\"role\":\"KING\"}",
            "'role' has to be one of [VIEWER,"
          },
          {
            "/api/v1/tokens", "{\"name\":\"bo\",\"days\":\"x\"}", "'days' has another kind of value"
          },
          {"/api/v1/users", "{\"name\":[1]}", "'name' has another kind of value"},
          {"/api/v1/users", "{\"name\":", "it cannot be read at line 1"},
          {"/api/v1/users", "[1]", "the body is not the JSON that is expected here"},
        }) {
      HttpResponse<String> answer =
          server.post(wrong[0], wrong[1], "Cookie", admin, "Sec-Fetch-Site", "same-origin");
      assertThat(answer.statusCode()).as(wrong[1]).isEqualTo(422);
      assertThat(server.json(answer).at("/detail").asText())
          .contains(wrong[2])
          .doesNotContain("java.", "dev.claudometer", "Exception", "Class", "deserialize");
    }
  }

  @Test
  void nobodyElseKeepsAnAdministratorOut() {
    server.login("ada", Role.ADMIN);
    for (int i = 0; i < 60; i++) {
      login("ada", "wrong " + i, "X-Forwarded-For", "10.0.0.1");
    }
    assertThat(login("ada", TestServer.PASSWORD, "X-Forwarded-For", "10.0.0.1").statusCode())
        .isEqualTo(429);
    assertThat(login("ada", TestServer.PASSWORD, "X-Forwarded-For", "10.0.0.2").statusCode())
        .isEqualTo(200);
  }

  @Test
  void knownBrowserAndTheConsolesTokenComeInWhileTheWholeWorldGuesses() {
    server.login("ada", Role.ADMIN);
    String known =
        login("ada", TestServer.PASSWORD).headers().allValues("Set-Cookie").stream()
            .filter(cookie -> cookie.startsWith("claudometer-known="))
            .map(cookie -> cookie.replaceAll(";.*", ""))
            .findFirst()
            .orElseThrow();
    for (int i = 0; i < 120; i++) {
      login("ada", "wrong", "X-Forwarded-For", "10.0." + i + ".1");
    }
    String[] elsewhere = {"X-Forwarded-For", "10.9.9.9"};
    assertThat(login("ada", TestServer.PASSWORD, elsewhere).statusCode()).isEqualTo(429);
    assertThat(
            login("ada", TestServer.PASSWORD, "X-Forwarded-For", "10.0.1.1", "Cookie", known)
                .statusCode())
        .isEqualTo(200);
    String body =
        "{\"name\":\"ada\",\"password\":\"%s\",\"token\":\"" + server.setupToken() + "\"}";
    assertThat(server.post("/api/v1/login", body.formatted("wrong"), elsewhere).statusCode())
        .isEqualTo(401);
    assertThat(
            server
                .post("/api/v1/login", body.formatted(TestServer.PASSWORD), elsewhere)
                .statusCode())
        .isEqualTo(200);
    assertThat(
            server
                .post("/api/v1/login", body.formatted(TestServer.PASSWORD), elsewhere)
                .statusCode())
        .as("the token works once")
        .isEqualTo(429);
  }

  @Test
  void networkThatTriesManyAccountsIsSlowedDownAsAWhole() {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      statuses.add(
          login("user-" + i, "wrong password", "X-Forwarded-For", "2001:db8:1:2::" + i)
              .statusCode());
    }
    assertThat(statuses.subList(0, 30)).containsOnly(401);
    assertThat(statuses.subList(30, 32)).containsOnly(429);
    assertThat(login("user-9", "wrong password", "X-Forwarded-For", "2001:db8:1:3::1").statusCode())
        .isEqualTo(401);
  }

  @Test
  void rightPasswordEndsTheCount() {
    server.login("ada", Role.ADMIN);
    for (int i = 0; i < 12; i++) {
      login("ada", "wrong password");
      login("ada", "wrong password");
      assertThat(login("ada", TestServer.PASSWORD).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void hundredRequestsAMinuteAreEnough() {
    String cookie = server.login("ada", Role.ADMIN);
    int refused = 0;
    for (int i = 0; i < 120; i++) {
      refused += server.get("/api/v1/me", "Cookie", cookie).statusCode() == 429 ? 1 : 0;
    }
    assertThat(refused).isEqualTo(20);
    for (int i = 0; i < 120; i++) {
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void firstAdministratorNeedsTheTokenAndThereIsNoSecondFirst() {
    Secret token = new Secrets().next("st_");
    server.registry.change(
        new Registry.Deed("console", "", "setup.token", "", "", NOON),
        () -> {
          server
              .registry
              .credentials()
              .add(
                  new Credential(
                      token.digest(),
                      Kind.SETUP_TOKEN,
                      "",
                      "",
                      "",
                      "",
                      "",
                      NOON,
                      null,
                      NOON.plusSeconds(60)));
          return token;
        });
    assertThat(setup("st_guessed").statusCode()).isEqualTo(403);
    assertThat(setup(token.text()).statusCode()).isEqualTo(200);
    assertThat(setup(token.text()).statusCode()).isEqualTo(403);
    assertThat(server.registry.accounts().list()).hasSize(1);
  }

  private HttpResponse<String> setup(String token) {
    return server.post(
        "/api/v1/setup",
        "{\"token\":\""
            + token
            + "\",\"name\":\"ada\",\"password\":\""
            + TestServer.PASSWORD
            + "\"}");
  }

  @Test
  void weakPasswordsAreRefusedWithAReason() {
    String admin = server.login("ada", Role.ADMIN);
    for (String weak :
        List.of("short", "aaaaaaaaaaaaaaaa", "bob is the best one", "passwordpassword")) {
      HttpResponse<String> answer =
          server.post(
              "/api/v1/users",
              "{\"name\":\"bob\",\"password\":\"" + weak + "\"}",
              "Cookie",
              admin,
              "Sec-Fetch-Site",
              "same-origin");
      assertThat(answer.statusCode()).as(weak).isEqualTo(422);
      assertThat(server.json(answer).get("detail").asText()).contains("password");
    }
  }

  @Test
  void disabledPersonIsOutAtOnce() {
    String admin = server.login("ada", Role.ADMIN);
    String viewer = server.login("vic", Role.VIEWER);
    String id = server.json(server.get("/api/v1/me", "Cookie", viewer)).get("id").asText();
    server.method(
        "PATCH",
        "/api/v1/users/" + id,
        "{\"disabled\":true}".getBytes(UTF_8),
        "Cookie",
        admin,
        "Sec-Fetch-Site",
        "same-origin");
    assertThat(server.get("/api/v1/me", "Cookie", viewer).statusCode()).isEqualTo(401);
    assertThat(login("vic", TestServer.PASSWORD).statusCode()).isEqualTo(401);
  }

  @Test
  void machineIsEnrolledByACodeOnceAndWithinTenMinutes() {
    String admin = server.login("ada", Role.ADMIN);
    String code = code(admin);
    String body = "{\"code\":\"" + code.toLowerCase(Locale.ROOT) + "\",\"hostname\":\"h\"}";
    HttpResponse<String> enrolled = server.post("/api/v1/enrol", body);
    assertThat(enrolled.statusCode()).isEqualTo(201);
    String key = server.json(enrolled).get("key").asText();
    assertThat(key).startsWith("dk_").hasSize(46);
    assertThat(server.get("/api/v1/device", "X-Device-Key", key).statusCode()).isEqualTo(200);
    assertThat(server.post("/api/v1/enrol", body).statusCode()).isEqualTo(403);
    String late = code(admin);
    server.clock(NOON.plusSeconds(601));
    assertThat(server.post("/api/v1/enrol", "{\"code\":\"" + late + "\"}").statusCode())
        .isEqualTo(403);
  }

  @Test
  void officeBehindOneAddressEnrolsFiftyMachinesWithOneCodeAndNobodyGuessesOne() {
    String admin = server.login("ada", Role.ADMIN);
    String code = code(admin, "{\"machines\":50,\"minutes\":60}");
    for (int machine = 0; machine < 50; machine++) {
      String body = "{\"code\":\"" + code + "\",\"hostname\":\"mac-" + machine + "\"}";
      assertThat(server.post("/api/v1/enrol", body).statusCode()).isEqualTo(201);
    }
    assertThat(server.registry.devices().list()).hasSize(50);
    String again = "{\"code\":\"" + code + "\"}";
    for (int guess = 0; guess < 11; guess++) {
      assertThat(server.post("/api/v1/enrol", again).statusCode()).isEqualTo(403);
    }
    assertThat(server.post("/api/v1/enrol", again).statusCode()).isEqualTo(429);
    for (String wrong : List.of("{\"machines\":0}", "{\"machines\":1001}", "{\"minutes\":1441}")) {
      assertThat(issued(admin, wrong).statusCode()).as(wrong).isEqualTo(422);
    }
  }

  private String code(String admin, String request) {
    return server.json(issued(admin, request)).get("code").asText();
  }

  private HttpResponse<String> issued(String admin, String request) {
    return server.post(
        "/api/v1/enrolment-codes", request, "Cookie", admin, "Sec-Fetch-Site", "same-origin");
  }

  private String code(String admin) {
    return server
        .json(
            server.post(
                "/api/v1/enrolment-codes", "{}", "Cookie", admin, "Sec-Fetch-Site", "same-origin"))
        .get("code")
        .asText();
  }

  @Test
  void rotatedKeyWorksAnotherDay() {
    String old = server.device("laptop");
    HttpResponse<String> rotated = server.post("/api/v1/device/rotate", "", "X-Device-Key", old);
    String key = server.json(rotated).get("key").asText();
    assertThat(server.get("/api/v1/device", "X-Device-Key", old).statusCode()).isEqualTo(200);
    server.clock(NOON.plusSeconds(24 * 3600 + 1));
    assertThat(server.get("/api/v1/device", "X-Device-Key", old).statusCode()).isEqualTo(401);
    assertThat(server.get("/api/v1/device", "X-Device-Key", key).statusCode()).isEqualTo(200);
  }

  @Test
  void tokenDoesNoMoreThanItsRole() {
    String admin = server.login("ada", Role.ADMIN);
    HttpResponse<String> issued =
        server.post(
            "/api/v1/tokens",
            "{\"name\":\"ci\",\"role\":\"VIEWER\"}",
            "Cookie",
            admin,
            "Sec-Fetch-Site",
            "same-origin");
    String token = "Bearer " + server.json(issued).get("token").asText();
    assertThat(server.get("/api/v1/overview", "Authorization", token).statusCode()).isEqualTo(200);
    assertThat(server.get("/api/v1/users", "Authorization", token).statusCode()).isEqualTo(403);
    String id = server.json(issued).get("id").asText();
    server.method(
        "DELETE",
        "/api/v1/tokens/" + id,
        new byte[0],
        "Cookie",
        admin,
        "Sec-Fetch-Site",
        "same-origin");
    assertThat(server.get("/api/v1/overview", "Authorization", token).statusCode()).isEqualTo(401);
  }

  @Test
  void everyChangeIsInTheAuditLogAndTheLogIsWhole() {
    String admin = server.login("ada", Role.ADMIN);
    code(admin);
    login("ada", "wrong password");
    change("{\"timeZone\":\"UTC\"}", "Cookie", admin, "Sec-Fetch-Site", "same-origin");
    assertThat(server.registry.auditLog().before(Long.MAX_VALUE, 100))
        .extracting(entry -> entry.action())
        .containsExactly("setting.change", "login.failed", "code.issue", "login", "user.add");
    assertThat(server.registry.auditLog().verify()).isEmpty();
  }

  @Test
  void noSecretIsInTheDatabaseOrTheLog() throws IOException {
    String admin = server.login("ada", Role.ADMIN);
    String key = server.device("laptop");
    String code = code(admin);
    server.post("/api/v1/enrol", "{\"code\":\"wrong\"}");
    server.get("/api/v1/device", "X-Device-Key", key);
    server.get("/api/v1/me", "Authorization", "Bearer ct_canary");
    List<String> secrets =
        List.of(admin.substring(admin.indexOf('=') + 1), key, code, TestServer.PASSWORD);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String content = new String(Files.readAllBytes(file), ISO_8859_1);
        assertThat(secrets).noneMatch(content::contains);
      }
    }
    assertThat(server.log.after(0).toString()).doesNotContain(secrets);
  }

  private HttpResponse<String> login(String name, String password, String... headers) {
    return server.post(
        "/api/v1/login", "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}", headers);
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
  }
}

package dev.claudometer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.AuditEntry;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Views under a name: whose they are, who sees them, who changes them.
class ViewsApiTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String ADDRESS = "/sessions?project=-home-loom&sort=cost";

  private TestServer server;
  private String admin;
  private String viewer;
  private String lead;
  private String finance;

  @BeforeEach
  void start(@TempDir Path directory) {
    server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(NOON);
    admin = server.login("ada", Role.ADMIN);
    viewer = server.login("vic", Role.VIEWER);
    lead = server.login("lea", Role.LEAD);
    finance = server.login("fin", Role.FINANCE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void viewIsItsOwnersAloneUntilItIsEverybodys() {
    String id = keep(admin, "loom, dearest first", ADDRESS, "").get("id").asText();
    assertThat(names(admin)).containsExactly("loom, dearest first");
    assertThat(names(viewer)).isEmpty();
    assertThat(change(viewer, id, "{\"name\":\"mine now\"}").statusCode()).isEqualTo(404);
    assertThat(audited()).as("nobody else is affected").isEmpty();
    assertThat(change(admin, id, "{\"everybody\":true}").statusCode()).isEqualTo(200);
    JsonNode seen = views(viewer).get(0);
    assertThat(seen.get("owner").asText()).isEqualTo("ada");
    assertThat(seen.get("link").asText()).isEqualTo(ADDRESS);
    assertThat(List.of(seen.get("everybody"), seen.get("own"), seen.get("mayChange")))
        .extracting(JsonNode::asBoolean)
        .containsExactly(true, false, false);
    assertThat(change(viewer, id, "{\"name\":\"mine now\"}").statusCode()).isEqualTo(403);
    assertThat(delete(viewer, id)).isEqualTo(403);
    assertThat(delete(admin, id)).isEqualTo(204);
    assertThat(names(viewer)).isEmpty();
    assertThat(audited())
        .containsExactly("view.share loom, dearest first", "view.delete loom, dearest first");
    assertThat(server.registry.auditLog().verify()).isEmpty();
  }

  @Test
  void administratorsAndLeadsKeepForEverybodyAndAdministratorsChangeWhatLeadsKept() {
    assertThat(post(viewer, view("v", ADDRESS, "", true)).statusCode()).isEqualTo(403);
    assertThat(post(finance, view("f", ADDRESS, "", true)).statusCode()).isEqualTo(403);
    HttpResponse<String> kept = post(lead, view("today", "/?by=person", "today", true));
    assertThat(kept.statusCode()).isEqualTo(201);
    String id = server.json(kept).get("id").asText();
    assertThat(names(viewer)).containsExactly("today");
    assertThat(change(admin, id, "{\"name\":\"Today\"}").statusCode()).isEqualTo(200);
    assertThat(names(lead)).containsExactly("Today");
    assertThat(change(lead, id, "{\"everybody\":false}").statusCode()).isEqualTo(200);
    assertThat(names(viewer)).isEmpty();
    assertThat(names(lead)).containsExactly("Today");
    assertThat(audited())
        .containsExactly("view.share today", "view.change Today", "view.unshare Today");
  }

  /// 20 November; the last month is October.
  @Test
  void daysGoOnWithTheCalendarWhereThePeriodIsKeptAndElseStay() {
    keep(viewer, "month", "/?project=p&from=2026-10-01&to=2026-10-31", "last-month");
    keep(viewer, "october", "/?project=p&from=2026-10-01&to=2026-10-31", "");
    assertThat(views(viewer).findValuesAsText("address"))
        .containsExactly("/?project=p", "/?project=p&from=2026-10-01&to=2026-10-31");
    assertThat(links(viewer)).allMatch("/?project=p&from=2026-10-01&to=2026-10-31"::equals);
    server.clock(Instant.parse("2026-12-01T00:00:00Z"));
    String later = server.login("vic2", Role.VIEWER);
    assertThat(links(later)).isEmpty();
    viewer = again("vic");
    assertThat(links(viewer))
        .containsExactly(
            "/?project=p&from=2026-11-01&to=2026-11-30",
            "/?project=p&from=2026-10-01&to=2026-10-31");
  }

  @Test
  void pageThatIsNotForAReaderIsNoViewOfTheirs() {
    assertThat(post(viewer, view("bill", "/organization", "", false)).statusCode()).isEqualTo(403);
    assertThat(post(admin, view("bill", "/organization", "", true)).statusCode()).isEqualTo(201);
    assertThat(names(finance)).containsExactly("bill");
    assertThat(names(viewer)).isEmpty();
    assertThat(names(lead)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/settings",
        "/logout",
        "/api/v1/overview",
        "javascript:alert(1)",
        "",
        "/nothing?by=model"
      })
  void onlyPagesWithFiguresAreKept(String address) {
    assertThat(post(admin, view("x", address, "", false)).statusCode()).isEqualTo(422);
  }

  @Test
  void namesAreOneLineOfBoundedLengthAndOnlyOnceEach() {
    assertThat(post(viewer, view("x".repeat(80), ADDRESS, "", false)).statusCode()).isEqualTo(201);
    assertThat(post(viewer, view("x".repeat(80), ADDRESS, "", false)).statusCode()).isEqualTo(409);
    assertThat(post(admin, view("x".repeat(80), ADDRESS, "", false)).statusCode()).isEqualTo(201);
    for (String name : List.of("", " ", "x".repeat(81), "a\nb", "a\u202eb")) {
      assertThat(post(viewer, view(name, ADDRESS, "", false)).statusCode()).isEqualTo(422);
    }
    assertThat(post(viewer, view("y", ADDRESS, "fortnight", false)).statusCode()).isEqualTo(422);
    assertThat(post(viewer, view("y", "/?text=" + "x".repeat(2_000), "", false)).statusCode())
        .isEqualTo(422);
    keep(viewer, "<img src=x>", "/?by=device&as=csv&table=cost&after=9#cost", "");
    assertThat(views(viewer).get(0).get("name").asText()).isEqualTo("<img src=x>");
    assertThat(views(viewer).get(0).get("address").asText()).isEqualTo("/?by=device");
  }

  @Test
  void thereAreNotMoreThanAHundredOfAPerson() {
    for (int i = 0; i < 100; i++) {
      server.clock(NOON.plusSeconds(60L * i));
      keep(viewer, "v" + i, ADDRESS, "");
    }
    assertThat(post(viewer, view("one more", ADDRESS, "", false)).statusCode()).isEqualTo(409);
  }

  private String again(String name) {
    return server
        .post(
            "/api/v1/login",
            "{\"name\":\"" + name + "\",\"password\":\"" + TestServer.PASSWORD + "\"}")
        .headers()
        .firstValue("Set-Cookie")
        .orElseThrow()
        .replaceAll(";.*", "");
  }

  private static String view(String name, String address, String period, boolean everybody) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", name)
        .put("address", address)
        .put("period", period)
        .put("everybody", everybody)
        .toString();
  }

  private JsonNode keep(String cookie, String name, String address, String period) {
    HttpResponse<String> answer = post(cookie, view(name, address, period, false));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return server.json(answer);
  }

  private HttpResponse<String> post(String cookie, String body) {
    return send("POST", "/api/v1/views", cookie, body);
  }

  private HttpResponse<String> change(String cookie, String id, String body) {
    return send("PATCH", "/api/v1/views/" + id, cookie, body);
  }

  private int delete(String cookie, String id) {
    return send("DELETE", "/api/v1/views/" + id, cookie, "").statusCode();
  }

  private HttpResponse<String> send(String method, String path, String cookie, String body) {
    return server.method(
        method,
        path,
        body.getBytes(UTF_8),
        "Cookie",
        cookie,
        "Sec-Fetch-Site",
        "same-origin",
        "Content-Type",
        "application/json");
  }

  private JsonNode views(String cookie) {
    return server.json(server.get("/api/v1/views", "Cookie", cookie)).get("views");
  }

  private List<String> names(String cookie) {
    return views(cookie).findValuesAsText("name");
  }

  private List<String> links(String cookie) {
    return views(cookie).findValuesAsText("link");
  }

  /// What was done with views, the first first.
  private List<String> audited() {
    return server.registry.auditLog().before(Long.MAX_VALUE, 100).reversed().stream()
        .filter(entry -> entry.action().startsWith("view."))
        .map((AuditEntry entry) -> entry.action() + " " + entry.subject())
        .toList();
  }
}

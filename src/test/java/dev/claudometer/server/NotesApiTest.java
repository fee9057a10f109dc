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

/// Notes on days: who writes them, who reads them, who changes them.
class NotesApiTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private TestServer server;
  private String admin;
  private String viewer;
  private String lead;

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
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void viewersWriteForThemselvesLeadsAndAdministratorsForEverybody() {
    assertThat(write(viewer, "2026-11-12", "release 2.1", true).statusCode()).isEqualTo(403);
    assertThat(write(viewer, "2026-11-12", "my day off", false).statusCode()).isEqualTo(201);
    server.clock(NOON.plusSeconds(1));
    assertThat(write(lead, "2026-11-12", "release 2.1", true).statusCode()).isEqualTo(201);
    assertThat(write(admin, "2026-11-03", "new laptops", true).statusCode()).isEqualTo(201);
    assertThat(texts(viewer, "")).containsExactly("new laptops", "my day off", "release 2.1");
    assertThat(texts(admin, "")).containsExactly("new laptops", "release 2.1");
    assertThat(texts(viewer, "?from=2026-11-12&to=2026-11-12"))
        .containsExactly("my day off", "release 2.1");
    assertThat(texts(viewer, "?to=2026-11-11")).containsExactly("new laptops");
    assertThat(audited()).containsExactly("note.add 2026-11-12", "note.add 2026-11-03");
  }

  @Test
  void noteIsChangedByItsAuthorAndEverybodysByAdministrators() {
    String own = id(write(viewer, "2026-11-12", "secret plan", false));
    String shared = id(write(lead, "2026-11-12", "release 2.1", true));
    assertThat(change(admin, own, "{\"text\":\"seen\"}").statusCode()).isEqualTo(404);
    assertThat(delete(lead, own)).isEqualTo(404);
    assertThat(change(viewer, own, "{\"everybody\":true}").statusCode()).isEqualTo(403);
    assertThat(change(viewer, own, "{\"day\":\"2026-11-13\"}").statusCode()).isEqualTo(200);
    assertThat(texts(viewer, "?from=2026-11-13")).containsExactly("secret plan");
    assertThat(change(viewer, shared, "{\"text\":\"mine\"}").statusCode()).isEqualTo(403);
    assertThat(change(admin, shared, "{\"text\":\"release 2.2\"}").statusCode()).isEqualTo(200);
    assertThat(texts(viewer, "?to=2026-11-12")).containsExactly("release 2.2");
    assertThat(delete(admin, shared)).isEqualTo(204);
    assertThat(delete(viewer, own)).isEqualTo(204);
    assertThat(texts(viewer, "")).isEmpty();
    assertThat(audited())
        .as("the text stands nowhere that it could not be taken out of")
        .containsExactly("note.add 2026-11-12", "note.change 2026-11-12", "note.delete 2026-11-12");
    assertThat(server.registry.auditLog().before(Long.MAX_VALUE, 100).toString())
        .doesNotContain("release", "secret");
  }

  @Test
  void textIsOneLineOfBoundedLengthAndTheDayADay() {
    assertThat(write(viewer, "2026-11-12", "é".repeat(200), false).statusCode()).isEqualTo(201);
    assertThat(write(viewer, "2026-11-12", "<script>alert(1)</script>", false).statusCode())
        .isEqualTo(201);
    for (String text : List.of("", "  ", "é".repeat(201), "a\nb", "a\u202eb", "a\u0000b")) {
      assertThat(write(viewer, "2026-11-12", text, false).statusCode()).isEqualTo(422);
    }
    for (String day : List.of("", "12 Nov", "2026-13-01", "1999-12-31", "+999999999-12-31")) {
      assertThat(write(viewer, day, "x", false).statusCode()).isEqualTo(422);
    }
    assertThat(server.get("/api/v1/notes?from=soon", "Cookie", viewer).statusCode()).isEqualTo(422);
  }

  private HttpResponse<String> write(String cookie, String day, String text, boolean everybody) {
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("day", day)
            .put("text", text)
            .put("everybody", everybody)
            .toString();
    return send("POST", "/api/v1/notes", cookie, body);
  }

  private String id(HttpResponse<String> answer) {
    return server.json(answer).get("id").asText();
  }

  private HttpResponse<String> change(String cookie, String id, String body) {
    return send("PATCH", "/api/v1/notes/" + id, cookie, body);
  }

  private int delete(String cookie, String id) {
    return send("DELETE", "/api/v1/notes/" + id, cookie, "").statusCode();
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

  private List<String> texts(String cookie, String query) {
    JsonNode answer = server.json(server.get("/api/v1/notes" + query, "Cookie", cookie));
    return answer.get("notes").findValuesAsText("text");
  }

  /// What was done with notes, the first first.
  private List<String> audited() {
    return server.registry.auditLog().before(Long.MAX_VALUE, 100).reversed().stream()
        .filter(entry -> entry.action().startsWith("note."))
        .map((AuditEntry entry) -> entry.action() + " " + entry.subject())
        .toList();
  }
}

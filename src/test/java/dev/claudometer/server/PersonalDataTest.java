package dev.claudometer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.DayNote;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Registry.Deed;
import dev.claudometer.store.registry.SavedView;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person's data can be had, and be deleted; both stand in the audit log.
class PersonalDataTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir private Path directory;
  private TestServer server;
  private String admin;
  private String key;

  @BeforeEach
  void start() {
    server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(NOON);
    admin = server.login("ada", Role.ADMIN);
    server.login("bo", Role.VIEWER);
    key = server.device("bos-laptop");
    Device device = server.registry.devices().list().getFirst();
    server.registry.change(
        new Deed("test", "", "device.change", "", "", NOON),
        () -> {
          server
              .registry
              .devices()
              .update(
                  new Device(
                      device.id(), "bos-laptop", "bo.host", "bo", NOON, null, "", false, null));
          return device;
        });
    deliver("msg-1", 100);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int deliver(String message, int output) {
    return server
        .post(
            "/api/v1/events",
            ("{'protocol':1,'observations':[{'type':'usage','message':'"
                    + message
                    + "','at':'2026-11-20T11:00:00Z','model':'claude-opus-5','input':1,'output':"
                    + output
                    + ",'session':'s-bo','project':'-home-bo'}]}")
                .replace('\'', '"'),
            "X-Device-Key",
            key)
        .statusCode();
  }

  /// Bo's own and everybody's, and ada's about bo.
  private void keepsSomething() {
    server.registry.views().add(view("own", "bo", "/?by=model", false));
    server.registry.views().add(view("everybody's", "bo", "/?by=project", true));
    server.registry.views().add(view("about bo", "ada", "/?person=bo", true));
    server.registry.views().add(view("ada's", "ada", "/?person=bob", false));
    server.registry.notes().add(note("day off", false));
    server.registry.notes().add(note("release 2.1", true));
  }

  private static SavedView view(String name, String owner, String address, boolean shared) {
    return new SavedView("", name, address, "", owner, shared, NOON);
  }

  private static DayNote note(String text, boolean shared) {
    return new DayNote("", LocalDate.parse("2026-11-12"), text, "bo", shared, NOON);
  }

  @Test
  void deletionKeepsOnlyWhatIsEverybodysAndNobodysName() {
    keepsSomething();
    JsonNode data = server.json(server.get("/api/v1/people/bo/data", "Cookie", admin));
    assertThat(data.at("/views").findValuesAsText("name")).containsExactly("everybody's", "own");
    assertThat(data.at("/notes").findValuesAsText("text"))
        .containsExactlyInAnyOrder("day off", "release 2.1");
    assertThat(delete("bo")).isEqualTo(204);
    assertThat(server.registry.views().list())
        .extracting(view -> view.name() + " of " + view.owner())
        .containsExactly("ada's of ada", "everybody's of ");
    assertThat(server.registry.notes().of("bo")).isEmpty();
    assertThat(server.registry.notes().of(""))
        .extracting(DayNote::text)
        .containsExactly("release 2.1");
  }

  @Test
  void exportHasAllThatIsStoredAboutAPersonAndNoSecret() {
    put("bo", "loom", 200);
    var answer = server.get("/api/v1/people/bo/data", "Cookie", admin);
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode data = server.json(answer);
    assertThat(data.at("/team").asText()).isEqualTo("loom");
    assertThat(data.at("/account/role").asText()).isEqualTo("VIEWER");
    assertThat(data.at("/devices/0/hostname").asText()).isEqualTo("bo.host");
    assertThat(data.at("/usage")).hasSize(1);
    assertThat(data.at("/usage/0/totals/output").asLong()).isEqualTo(100);
    assertThat(data.at("/usage/0/day").asText()).isEqualTo("2026-11-20T00:00:00Z");
    assertThat(data.at("/sessions/0/session").asText()).isEqualTo("s-bo");
    assertThat(data.at("/held").findValuesAsText("kind")).contains("SESSION");
    assertThat(data.at("/audit").findValuesAsText("action")).contains("login", "team.change");
    assertThat(answer.body()).doesNotContain(key, "$2a$");
    assertThat(audited()).contains("person.export bo");
  }

  @Test
  void deletionTakesAwayAccountSecretsAndNamesAndKeepsTheSums() {
    String cookie =
        server
            .post("/api/v1/login", "{\"name\":\"bo\",\"password\":\"" + TestServer.PASSWORD + "\"}")
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow()
            .replaceAll(";.*", "");
    put("bo", "loom", 200);
    assertThat(delete("bo")).isEqualTo(204);
    assertThat(server.get("/api/v1/me", "Cookie", cookie).statusCode()).isEqualTo(401);
    assertThat(deliver("msg-2", 1)).isEqualTo(401);
    assertThat(server.registry.accounts().named("bo")).isNull();
    assertThat(server.registry.teams().byPerson()).isEmpty();
    Device device = server.registry.devices().list().getFirst();
    assertThat(List.of(device.name(), device.hostname(), device.owner()))
        .containsExactly(device.id().text(), "", "");
    assertThat(server.store.sums(TimeRange.ALL, Set.of()).getFirst().totals().tokens().output())
        .isEqualTo(100);
    assertThat(audited()).contains("person.delete bo");
    assertThat(server.registry.auditLog().verify()).isEmpty();
    assertThat(delete("bo")).isEqualTo(404);
  }

  @Test
  void lastAdministratorAndNobodyAreNotDeleted() {
    assertThat(delete("ada")).isEqualTo(409);
    assertThat(server.get("/api/v1/me", "Cookie", admin).statusCode()).isEqualTo(200);
    assertThat(delete("nobody")).isEqualTo(404);
    put("nobody", "loom", 404);
    put("bo", "no\nteam", 422);
  }

  private void put(String person, String team, int status) {
    byte[] body = ("{\"team\":\"" + team.replace("\n", "\\n") + "\"}").getBytes();
    assertThat(
            server
                .method(
                    "PUT",
                    "/api/v1/people/" + person + "/team",
                    body,
                    "Cookie",
                    admin,
                    "Sec-Fetch-Site",
                    "same-origin")
                .statusCode())
        .isEqualTo(status);
  }

  private int delete(String person) {
    return server
        .method(
            "DELETE",
            "/api/v1/people/" + person,
            new byte[0],
            "Cookie",
            admin,
            "Sec-Fetch-Site",
            "same-origin")
        .statusCode();
  }

  private List<String> audited() {
    return server.registry.auditLog().before(Long.MAX_VALUE, 100).stream()
        .map(entry -> entry.action() + " " + entry.subject())
        .toList();
  }
}

package dev.claudometer.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.server.TestServer;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What clients did of which nobody but their telemetry tells, on the page of a person.
class PersonWorkTest {

  private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");
  private static final String HEAD =
      ",linesAdded,linesRemoved,commits,pullRequests,editAcceptRate,toolAcceptRate,userSeconds,"
          + "clientSeconds\r\n";

  private TestServer server;
  private Visit visit;
  private Office office;
  private String cookie;

  @BeforeEach
  void start(@TempDir Path place) {
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(NOW);
    visit = new Visit(server);
    office = new Office(server, NOW);
    cookie = server.login("vic", Role.VIEWER);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void isTheOwnByRepositoryAndBranchInItsPeriod() {
    visit.deliver(
        office.machine("mbp", "Ada"),
        told("lines_of_code", "a", "2026-11-20", "added|acme/rocket|main", 7),
        told("lines_of_code", "b", "2026-11-20", "removed|acme/rocket|fix", 2),
        told("edit_decision", "c", "2026-11-20", "accept|Edit|Java|acme/rocket|main", 3),
        told("edit_decision", "d", "2026-11-20", "reject|Edit|Java|acme/rocket|main", 1),
        told("commit", "e", "2026-11-20", "|acme/loom|main", 1),
        told("lines_of_code", "f", "2026-10-30", "added|acme/rocket|main", 100));
    visit.deliver(
        office.machine("desk", "Ben"),
        told("lines_of_code", "g", "2026-11-20", "added|acme/rocket|main", 1_000));
    assertThat(file("work"))
        .isEqualTo(
            "repository" + HEAD + "acme/loom,0,0,1,0,,,0,0\r\nacme/rocket,7,2,0,0,0.75,,0,0\r\n");
    assertThat(file("work-branches"))
        .isEqualTo("branch" + HEAD + "fix,0,2,0,0,,,0,0\r\nmain,7,0,1,0,0.75,,0,0\r\n");
    assertThat(page("/person?person=Ada&from=2026-11-01&to=2026-11-30"))
        .contains("What Claude Code did, by repository", "75 %")
        .contains("/branch?person=Ada&amp;from=2026-11-01&amp;to=2026-11-30&amp;branch=main");
    assertThat(page("/")).doesNotContain("What Claude Code did");
  }

  /// Clients name a repository only where they are told to.
  @Test
  void isByProjectWhereNoRepositoryIsTold() {
    visit.deliver(
        office.machine("mbp", "Ada"),
        Visit.usage("m", "2026-11-20T11:00:00Z", "s", "loom", "claude-opus-5", 10),
        told("lines_of_code", "a", "2026-11-20", "added", 7));
    assertThat(file("work")).isEqualTo("project" + HEAD + "loom,7,0,0,0,,,0,0\r\n");
    assertThat(file("work-branches")).isEqualTo("branch" + HEAD + "main,7,0,0,0,,,0,0\r\n");
    assertThat(page("/person?person=Ada")).contains("What Claude Code did, by project");
  }

  private String file(String table) {
    return page("/person?person=Ada&from=2026-11-01&to=2026-11-30&table=" + table + "&as=csv");
  }

  private String page(String path) {
    HttpResponse<String> answer = visit.page(path, "Cookie", cookie);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  private static String told(String kind, String key, String day, String name, long value) {
    return ("{'type':'activity','kind':'%s','key':'%s','at':'%sT12:00:00Z','session':'s',"
            + "'project':'loom','name':'%s','value':%d}")
        .formatted(kind, key, day, name, value)
        .replace('\'', '"');
  }
}

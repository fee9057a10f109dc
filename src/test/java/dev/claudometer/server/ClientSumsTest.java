package dev.claudometer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.server.TestServer.Setup;
import dev.claudometer.store.Batch;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Claude Code's own metrics tell, in a scrape and on the page of data quality.
class ClientSumsTest {

  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

  @TempDir Path directory = Path.of("");

  @Test
  void scrapeTellsThemUnderTheClientsNames() throws Exception {
    Path file = directory.resolve("store.db");
    try (UsageStore store = SqliteStore.open(file, PriceBook::builtIn)) {
      store.append(
          batch(
              told(ActivityKind.LINES_OF_CODE, "a", "added", 5),
              told(ActivityKind.EDIT_DECISION, "b", "accept|Edit|Java", 3),
              told(ActivityKind.EDIT_DECISION, "c", "reject|Write|", 1),
              told(ActivityKind.TOOL_DECISION, "i", "accept|config|Bash", 1),
              told(ActivityKind.TOOL_DECISION, "j", "accept|user_temporary|Bash", 1),
              told(ActivityKind.TOOL_DECISION, "k", "reject|user_reject|Bash", 1),
              told(ActivityKind.ACTIVE_TIME, "d", "user", 4_011),
              told(ActivityKind.COMMIT, "e", "", 1),
              told(ActivityKind.EVENTS_LOST, "f", "", 2),
              told(ActivityKind.TRANSCRIPTS_DELETED, "g", "", 40)));
      store.append(
          batch(
              told(ActivityKind.LINES_OF_CODE, "a", "added", 8),
              told(ActivityKind.LINES_OF_CODE, "h", "added", 2),
              told(ActivityKind.LINES_OF_CODE, "l", "added|acme/rocket|main", 7)));
    }
    try (var server = new TestServer(SqliteStore.database(file, Durability.PROCESS), Setup.USUAL)) {
      String cookie = server.login("ada", Role.ADMIN);
      String scrape = server.get("/metrics", "Cookie", cookie).body();
      assertThat(
              scrape
                  .lines()
                  .map(
                      line ->
                          line.replaceAll("device=\"[^\"]*\",?", "")
                              .replaceAll(",?vcs_[a-z_]+=\"\"", "")))
          .contains(
              "claude_code_lines_of_code_count_total{type=\"added\"} 10",
              "claude_code_lines_of_code_count_total{type=\"added\",vcs_owner_name=\"acme\","
                  + "vcs_repository_name=\"rocket\",vcs_ref_head_name=\"main\"} 7",
              "claude_code_code_edit_tool_decision_total"
                  + "{decision=\"accept\",tool_name=\"Edit\",language=\"Java\"} 3",
              "claude_code_code_edit_tool_decision_total"
                  + "{decision=\"reject\",tool_name=\"Write\",language=\"\"} 1",
              "claude_code_active_time_total{type=\"user\"} 4.011",
              "claude_code_active_time_seconds_total{type=\"user\"} 4.011",
              "claude_code_commit_count_total{} 1",
              "claudometer_telemetry_events_lost_total{} 2",
              "claudometer_transcripts_deleted_total{} 40");
      assertThat(server.get("/api/v1/quality", "Cookie", cookie).body())
          .contains("\"eventsLost\":2", "\"transcriptsDeleted\":40");
      assertThat(server.get("/api/v1/client-work?from=2026-11-20", "Cookie", cookie).body())
          .contains(
              "\"by\":\"person\",\"rows\":[{\"key\":\"\",\"name\":\"\",\"work\":{\"starts\":0,"
                  + "\"linesAdded\":17,\"linesRemoved\":0,\"commits\":1,\"pullRequests\":0,"
                  + "\"editsAccepted\":3,\"editsRejected\":1,\"editAcceptRate\":0.75,"
                  + "\"toolsAccepted\":2,\"toolsRejected\":1,\"toolAcceptRate\":0.6667,"
                  + "\"userSeconds\":4.011,\"clientSeconds\":0}}]");
      assertThat(server.get("/api/v1/client-work?from=2026-11-20&by=tool", "Cookie", cookie).body())
          .contains("\"key\":\"Bash\"", "\"key\":\"Edit\"", "\"key\":\"Write\"")
          .doesNotContain("\"key\":\"\"");
      String repositories =
          server.get("/api/v1/client-work?from=2026-11-20&by=repository", "Cookie", cookie).body();
      assertThat(repositories)
          .containsSubsequence(
              "\"key\":\"\"", "\"linesAdded\":10", "\"key\":\"acme/rocket\"", "\"linesAdded\":7");
      assertThat(
              server.get("/api/v1/client-work?from=2026-11-20&by=branch", "Cookie", cookie).body())
          .contains("\"key\":\"main\"");
      assertThat(server.get("/api/v1/efforts?from=2026-11-20", "Cookie", cookie).body())
          .contains("\"efforts\":[]");
      assertThat(server.get("/quality", "Cookie", cookie).body()).contains("Transcripts deleted");
      String people = "/people-usage?from=2026-11-20&to=2026-11-20&table=client-work&as=csv";
      assertThat(server.get(people, "Cookie", cookie).body().lines().toList())
          .containsExactly(
              "person,linesAdded,linesRemoved,commits,pullRequests,editAcceptRate,toolAcceptRate,"
                  + "userSeconds,clientSeconds",
              ",17,0,1,0,0.75,0.6667,4.011,0");
    }
  }

  private static Batch batch(Activity... activities) {
    return new Batch(
        DeviceId.THIS, List.of(), List.of(activities), List.of(), List.of(), List.of());
  }

  private static Activity told(ActivityKind kind, String key, String name, long value) {
    return new Activity(kind, key, AT, new SessionId("s"), ProjectName.NONE, name, value);
  }
}

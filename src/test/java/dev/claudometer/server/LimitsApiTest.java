package dev.claudometer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Registry.Deed;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who ate the limit, over all machines of a server. A million tokens of input of Opus 5.5 is $4
/// and takes 10 % of ada's window, one of Sonnet 5.5 is $2 and takes 5.
class LimitsApiTest {

  private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");
  private static final String COWORK =
      "/home/ada/.config/Claude/local-agent-mode-sessions/a/b/local_1/.claude/projects/-s/c.jsonl";

  private TestServer server;
  private String cookie;
  private String laptop;
  private String tower;

  @BeforeEach
  void start(@TempDir Path directory) {
    server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(NOW);
    cookie = server.login("vic", Role.VIEWER);
    laptop = device("laptop", "ada");
    tower = device("tower", "ada");
    String other = device("other", "bob");
    send(laptop, used("m1", "12:10", "claude-opus-5-5", "/p/l.jsonl"));
    send(laptop, told("five_hour", "12:20", 0.1, "17:00"));
    send(tower, used("m2", "12:30", "claude-opus-5-5", "/p/t.jsonl"));
    send(tower, used("m3", "12:31", "claude-sonnet-5-5", COWORK));
    send(laptop, told("five_hour", "12:40", 0.25, "17:00"));
    send(laptop, told("weekly_scoped:Sonnet", "12:40", 0.02, "18:00"));
    send(other, used("m4", "12:35", "claude-opus-5-5", "/p/o.jsonl"));
    send(other, told("five_hour", "12:41", 0.5, "17:00"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void machinesOfAPersonShareAWindow() {
    JsonNode window = window("ada", "five_hour");
    assertThat(window.get("devices").valueStream().map(JsonNode::asText))
        .containsExactlyInAnyOrder("laptop", "tower");
    assertThat(shares(window, "machines")).isEqualTo("tower 0.15 6000, laptop 0.1 4000");
    assertThat(shares(window, "programs"))
        .isEqualTo("Claude Code 0.2 8000, Cowork: s-m3 0.05 2000");
    assertThat(window.at("/weights/written").asDouble()).isCloseTo(0.025, within(1e-9));
    assertThat(window.get("foreign")).isEmpty();
    assertThat(shares(window("bob", "five_hour"), "machines")).isEqualTo("other 0.5 10000");
  }

  @Test
  void windowOfAModelCountsThatModel() {
    assertThat(shares(window("ada", "weekly_scoped:Sonnet"), "sessions"))
        .isEqualTo("s-m3 0.02 10000");
  }

  @Test
  void onlyWhatIsAskedForIsTold() {
    JsonNode windows = get("/api/v1/limits/why?window=five_hour").get("windows");
    assertThat(windows.findValuesAsText("account")).containsExactly("bob", "ada");
    assertThat(server.get("/api/v1/limits/fit?plan=team", "Cookie", cookie).statusCode())
        .isEqualTo(422);
  }

  @Test
  void leadIsToldOfTheOwnTeam() {
    server.registry.change(
        new Deed("test", "", "team.change", "looms", "", NOW),
        () -> {
          server.registry.teams().put("bob", "looms");
          server.registry.teams().put("lea", "looms");
          return "looms";
        });
    cookie = server.login("lea", Role.LEAD);
    assertThat(get("/api/v1/limits/why").findValuesAsText("account")).containsExactly("bob");
    assertThat(get("/api/v1/limits/fit").findValuesAsText("account")).containsExactly("bob");
  }

  @Test
  void windowsThatWereFullAreCounted() {
    send(laptop, told("five_hour", "09:00", 1, "11:00"));
    JsonNode fit = get("/api/v1/limits/fit?plan=max&weeks=1").get("fits").get(0);
    assertThat(fit.get("account").asText()).isEqualTo("ada");
    assertThat(fit.get("windows").asInt()).isEqualTo(1);
    assertThat(fit.get("full").asInt()).isEqualTo(1);
    assertThat(fit.get("blockedSeconds").asLong()).isEqualTo(7_200);
    assertThat(fit.at("/plans/0/plan").asText()).isEqualTo("pro");
    assertThat(fit.at("/plans/0/full").asInt()).isEqualTo(1);
    assertThat(fit.at("/plans/1/full").asInt()).as("ultra").isZero();
  }

  private JsonNode window(String account, String name) {
    return get("/api/v1/limits/why")
        .get("windows")
        .valueStream()
        .filter(window -> window.get("account").asText().equals(account))
        .filter(window -> window.get("window").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String shares(JsonNode window, String split) {
    return String.join(
        ", ",
        window
            .get(split)
            .valueStream()
            .map(
                share ->
                    share.get("name").asText()
                        + " "
                        + share.get("utilization").asText()
                        + " "
                        + share.get("basisPoints").asText())
            .toList());
  }

  private JsonNode get(String path) {
    var answer = server.get(path, "Cookie", cookie);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return server.json(answer);
  }

  private static String used(String id, String time, String model, String file) {
    return "{'type':'usage','message':'ID','request':'req-ID','at':'2026-11-20TTIME:00Z','model':'MODEL','input':1000000,'output':0,'stopReason':'end_turn','session':'s-ID','project':'-p','file':'FILE'}"
        .replace("ID", id)
        .replace("TIME", time)
        .replace("MODEL", model)
        .replace("FILE", file);
  }

  private static String told(String window, String time, double part, String resets) {
    return "{'type':'limit','window':'"
        + window
        + "','utilization':"
        + part
        + ",'resetsAt':'2026-11-20T"
        + resets
        + ":00Z','at':'2026-11-20T"
        + time
        + ":00Z','origin':'oauth'}";
  }

  private void send(String key, String observation) {
    var taken =
        server.post(
            "/api/v1/events",
            ("{'protocol':1,'observations':[" + observation + "]}").replace('\'', '"'),
            "X-Device-Key",
            key);
    assertThat(taken.body()).contains("\"rejected\":[]");
  }

  private String device(String name, String owner) {
    String key = server.device(name);
    Device device =
        server.registry.devices().list().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    server.registry.change(
        new Deed("test", "", "device.update", name, "", NOW),
        () -> {
          server
              .registry
              .devices()
              .update(
                  new Device(device.id(), name, name + ".host", owner, NOW, null, "", false, null));
          return name;
        });
    return key;
  }
}

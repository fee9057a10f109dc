package dev.claudometer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Registry.Deed;
import dev.claudometer.store.registry.SavedView;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Routes × roles × rows: what each role is told, of two teams whose every name says whose it is.
class ScopeTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  /// What is put into paths and parameters: all of the other team.
  private static final List<String> QUERIES =
      List.of(
          "",
          "?from=2026-11-01&to=2026-11-30&by=device",
          "?from=2026-11-01&to=2026-11-30&by=person&step=day",
          "?from=2026-11-01&to=2026-11-30&by=team&step=month",
          "?from=2026-11-01&to=2026-11-30&by=session",
          "?from=2026-11-01&to=2026-11-30&team=bravos",
          "?from=2026-11-01&to=2026-11-30&person=bravo-owner",
          "?from=2026-11-01&to=2026-11-30&device={device}",
          "?id=s-bravo",
          "?id=msg-bravo",
          "?text=s-bra",
          "?text=bravo",
          "?text=msg-bravo",
          "?from=2026-11-01&to=2026-11-30&table=sessions&as=csv",
          "?from=2026-11-01&to=2026-11-30&table=devices&as=json");

  @TempDir private Path directory;
  private TestServer server;
  private String bravo;
  private long second;

  @BeforeEach
  void twoTeams() {
    server =
        new TestServer(
            SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(NOON);
    team("alpha");
    bravo = team("bravo");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /// A team of one, with a machine that tells of everything.
  private String team(String name) {
    String key = server.device(name + "-laptop");
    Device device =
        server.registry.devices().list().stream()
            .filter(each -> each.name().equals(name + "-laptop"))
            .findFirst()
            .orElseThrow();
    server.registry.change(
        new Deed("test", "", "team.change", name, "", NOON),
        () -> {
          server
              .registry
              .devices()
              .update(
                  new Device(
                      device.id(),
                      device.name(),
                      name + ".host",
                      name + "-owner",
                      NOON,
                      null,
                      "",
                      false,
                      null));
          server.registry.teams().put(name + "-owner", name + "s");
          server.registry.teams().put(name + "-lead", name + "s");
          return name;
        });
    String usage =
        "{'type':'usage','message':'msg-N','request':'req-N','at':'2026-11-20T11:00:00Z',"
            + "'model':'claude-N-9','input':1000,'output':100,'session':'s-N','project':'-home-N',"
            + "'branch':'b-N','agentId':'agent-N'},"
            + "{'type':'activity','kind':'pull_request','key':'https://x/N','at':"
            + "'2026-11-20T11:00:00Z','session':'s-N','project':'-home-N','name':'N/x#7','value':1},"
            + "{'type':'limit','window':'window_N','utilization':0.5,'resetsAt':"
            + "'2026-11-20T15:00:00Z','at':'2026-11-20T11:00:00Z','origin':'statusline'},"
            + "{'type':'file','file':'/t/N.jsonl','identity':'1','size':10,'modified':"
            + "'2026-11-20T11:00:00Z','offset':10,'fingerprint':1,"
            + "'lineTypes':[{'name':'line-N','count':2}]}";
    HttpResponse<String> taken =
        server.post(
            "/api/v1/events",
            ("{'protocol':1,'observations':[" + usage.replace("N", name) + "]}").replace('\'', '"'),
            "X-Device-Key",
            key);
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
    assertThat(taken.body()).contains("\"rejected\":[]");
    keepViews(name, device.id().text());
    return device.id().text();
  }

  /// Views for everybody that name something of the team.
  private void keepViews(String name, String device) {
    for (String of :
        List.of(
            "team=" + name + "s",
            "person=" + name + "-owner",
            "device=" + device,
            "project=-home-" + name,
            "model=claude-" + name + "-9",
            "branch=b-" + name,
            "session=s-" + name,
            "text=" + name,
            "pull-requests.find=" + name)) {
      String title = "view-" + name + " by " + of.substring(0, of.indexOf('='));
      server
          .registry
          .views()
          .add(new SavedView("", title, "/?by=model&" + of, "", name + "-lead", true, NOON));
    }
  }

  @Test
  void everybodysViewIsForALeadWhereItNamesNothingOfOtherTeams() {
    String lead = server.login("alpha-lead", Role.LEAD);
    String bystander = server.login("alpha-owner", Role.LEAD);
    String viewer = server.login("vic", Role.VIEWER);
    assertThat(server.json(server.get("/api/v1/views", "Cookie", viewer)).get("views")).hasSize(18);
    assertThat(
            server
                .json(server.get("/api/v1/views", "Cookie", bystander))
                .get("views")
                .findValuesAsText("name"))
        .containsExactly(
            "view-alpha by branch",
            "view-alpha by device",
            "view-alpha by model",
            "view-alpha by person",
            "view-alpha by project",
            "view-alpha by session",
            "view-alpha by team");
    assertThat(server.json(server.get("/api/v1/views", "Cookie", lead)).get("views"))
        .as("the own ones too that look for a text")
        .hasSize(9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"own", "teams"})
  void viewerIsToldOnlyOfTheOwnMachinesOnAnyRouteWhereTheServerIsSetSo(String seen) {
    String viewer = server.login("alpha-owner", Role.VIEWER);
    String admin = server.login("root", Role.ADMIN);
    String all = "/api/v1/overview?from=2026-11-01&to=2026-11-30";
    assertThat(output(all, viewer)).isEqualTo(200);
    server.method(
        "PATCH",
        "/api/v1/settings",
        ("{\"viewersSee\":\"" + seen + "\"}").getBytes(UTF_8),
        "Cookie",
        admin,
        "Sec-Fetch-Site",
        "same-origin",
        "Content-Type",
        "application/json");
    assertThat(output(all, viewer)).isEqualTo(100);
    assertThat(output(all, admin)).isEqualTo(200);
    List<String> leak = new ArrayList<>();
    for (Route route : server.routes) {
      if (route.method().equals("GET") && !route.path().contains("assets")) {
        for (String query : QUERIES) {
          String path = path(route) + query.replace("{device}", bravo);
          String told = told(path, viewer);
          if (told.contains("bravo") || told.contains(bravo)) {
            leak.add(path + " " + told);
          }
        }
      }
    }
    assertThat(leak).isEmpty();
    assertThat(server.get("/api/v1/quality", "Cookie", viewer).statusCode()).isEqualTo(403);
    assertThat(server.get("/", "Cookie", viewer, "Accept", "text/html").body())
        .contains("href=\"/mine\"")
        .doesNotContain("href=\"/quality\"");
    assertThat(output(all, server.login("nobody", Role.VIEWER))).isZero();
    assertThat(output(all, server.login("alpha-lead", Role.LEAD)))
        .as("a lead owns no machine here")
        .isEqualTo(seen.equals("own") ? 100 : 0);
    JsonNode sums = server.json(server.get("/api/v1/team-usage", "Cookie", viewer));
    assertThat(sums.get("withheld").asInt())
        .as("a team of one is not told; with the own machines only there is no other")
        .isEqualTo(seen.equals("own") ? 1 : 2);
    assertThat(sums.get("teams")).isEmpty();
  }

  @Test
  void leadIsToldNothingOfOtherTeamsOnAnyRouteAndOthersAreToldAll() {
    String lead = server.login("alpha-lead", Role.LEAD);
    String viewer = server.login("vic", Role.VIEWER);
    List<String> tell = new ArrayList<>();
    List<String> leak = new ArrayList<>();
    TreeSet<String> own = new TreeSet<>();
    for (Route route : server.routes) {
      if (!route.method().equals("GET") || route.path().contains("assets")) {
        continue;
      }
      for (String query : QUERIES) {
        String path = path(route) + query.replace("{device}", bravo);
        String told = told(path, viewer);
        if (told.contains("bravo")) {
          tell.add(path);
        }
        String toLead = told(path, lead);
        if (toLead.contains("bravo") || toLead.contains(bravo)) {
          leak.add(path + " " + toLead);
        }
        if (toLead.contains("alpha")) {
          own.add(route.path());
        }
      }
    }
    assertThat(leak).isEmpty();
    assertThat(tell).hasSizeGreaterThan(60);
    assertThat(own)
        .contains(
            "/",
            "/sessions",
            "/projects",
            "/branches",
            "/models",
            "/devices",
            "/limits",
            "/api/v1/overview",
            "/api/v1/timeseries",
            "/api/v1/usage",
            "/api/v1/branches",
            "/api/v1/sessions",
            "/api/v1/responses",
            "/api/v1/devices",
            "/api/v1/limits");
  }

  private String path(Route route) {
    return route
        .path()
        .replace("/sessions/{id}", "/sessions/s-bravo")
        .replace("/devices/{id}", "/devices/" + bravo)
        .replace("{person}", "bravo-owner")
        .replace("{id}", bravo);
  }

  /// What a route answers, without what was asked: that is said again in forms and links.
  private String told(String path, String cookie) {
    // time goes on: this is not about rates
    server.clock(NOON.plusSeconds(second++));
    HttpResponse<String> answer =
        server.get(path, "Cookie", cookie, "Accept", "text/html, application/json");
    assertThat(answer.statusCode()).as(path).isLessThan(500);
    return answer.statusCode() == 200
        ? answer
            .body()
            .replaceAll("[?;&](of|text|id|device|team|person)=[^&\"]*", "")
            .replaceAll(
                "<bdi>(bravo-owner|" + bravo + ")</bdi></h1>|<title>(bravo-owner|" + bravo + ") ",
                "")
            .replaceAll("(?s)<span class=\"chip\">.*?</span>|“[^”]*”", "")
            .replaceAll(
                "value=\"(bravo|s-bra|s-bravo|msg-bravo|bravos|bravo-owner|" + bravo + ")\"", "")
        : "";
  }

  @Test
  void sumsOfALeadAreTheTeamsAndThoseOfAllAreBoth() {
    String all = "/api/v1/overview?from=2026-11-01&to=2026-11-30";
    assertThat(output(all, server.login("alpha-lead", Role.LEAD))).isEqualTo(100);
    assertThat(output(all, server.login("nobodys-lead", Role.LEAD))).isZero();
    String viewer = server.login("vic", Role.VIEWER);
    assertThat(output(all, viewer)).isEqualTo(200);
    assertThat(output(all + "&team=bravos", viewer)).isEqualTo(100);
    assertThat(output(all + "&team=bravos&team=alphas", viewer)).isEqualTo(200);
    assertThat(output(all + "&team=none", viewer)).isZero();
    HttpResponse<String> byTeam =
        server.get("/api/v1/usage?from=2026-11-01&to=2026-11-30&by=team", "Cookie", viewer);
    assertThat(server.json(byTeam).findValuesAsText("key"))
        .containsExactlyInAnyOrder("alphas", "bravos");
  }

  @Test
  void pagesCanBeAskedOfATeam() {
    String viewer = server.login("vic", Role.VIEWER);
    String period = "?from=2026-11-01&to=2026-11-30";
    assertThat(page("/projects" + period, viewer)).contains("alphas", "bravos", "-home-bravo");
    String ofOne = page("/projects" + period + "&team=alphas", viewer);
    assertThat(ofOne)
        .contains("-home-alpha", "Without the team alphas", "&amp;team=alphas")
        .doesNotContain("bravo");
    assertThat(page("/sessions?team=alphas", viewer)).contains("s-alpha").doesNotContain("s-bravo");
  }

  private String page(String path, String cookie) {
    HttpResponse<String> answer = server.get(path, "Cookie", cookie, "Accept", "text/html");
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  private long output(String path, String cookie) {
    HttpResponse<String> answer = server.get(path, "Cookie", cookie);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return server.json(answer).at("/totals/output").asLong();
  }

  @Test
  void sessionOfTwoTeamsIsToldInParts() {
    String key = server.device("alpha-second");
    server.registry.change(
        new Deed("test", "", "device.change", "", "", NOON),
        () -> {
          Device device =
              server.registry.devices().list().stream()
                  .filter(each -> each.name().equals("alpha-second"))
                  .findFirst()
                  .orElseThrow();
          server
              .registry
              .devices()
              .update(
                  new Device(
                      device.id(), "alpha-second", "", "alpha-owner", NOON, null, "", false, null));
          return device;
        });
    server.post(
        "/api/v1/events",
        "{'protocol':1,'observations':[{'type':'usage','message':'msg-2','at':'2026-11-20T11:30:00Z','model':'claude-alpha-9','input':1,'output':7,'session':'s-bravo','project':'-home-alpha'}]}"
            .replace('\'', '"'),
        "X-Device-Key",
        key);
    String lead = server.login("alpha-lead", Role.LEAD);
    var detail = server.json(server.get("/api/v1/sessions/s-bravo", "Cookie", lead));
    assertThat(detail.at("/session/whole/output").asLong()).isEqualTo(7);
    assertThat(detail.at("/responses")).hasSize(1);
    assertThat(detail.toString()).doesNotContain("home-bravo", "msg-bravo", "agent-bravo");
  }
}

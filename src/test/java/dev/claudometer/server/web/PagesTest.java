package dev.claudometer.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledBucket.Line;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.server.TestServer;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.http.Route.Caller;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.math.RoundingMode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What pages show, without and with usage.
@Tag("long")
class PagesTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Pattern FILE = Pattern.compile("href=\"([^\"]*as=(?:csv|json))\"");
  private static final Pattern ID = Pattern.compile(" id=\"([^\"]+)\"");

  /// Pages whose address says which one they are about.
  private static final Set<String> ABOUT_ONE =
      Set.of("/person", "/project", "/model", "/device", "/branch");

  private TestServer server;
  private Visit visit;
  private String cookie;

  @BeforeEach
  void start(@TempDir Path place) {
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(NOON);
    visit = new Visit(server);
    cookie = server.login("ada", Role.ADMIN);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyPageOfAnEmptyServerSaysWhatToDoNext() {
    for (String path : pages()) {
      assertWhole(path);
    }
    assertThat(html("/")).contains("Is a device enrolled");
    assertThat(html("/devices")).contains("add the first one");
    assertThat(html("/sessions")).contains("No session yet");
  }

  @Test
  void everyPageShowsWhatThereIs() {
    deliver();
    for (String path : pages()) {
      assertWhole(path);
    }
    assertThat(html("/"))
        .contains("108,000", "1 of 1", "loom", "claude-opus-5", "2026-11-19", "2026-11-20");
    assertThat(html("/devices")).contains("laptop", "online");
    assertThat(html("/sessions")).contains("alpha", "loom");
    assertThat(html("/sessions?text=nothing")).contains("remove a filter");
    assertThat(html("/session?id=alpha")).contains("/t/5.jsonl:42", "26 input × $", "end_turn");
  }

  @Test
  void figuresSayWithWhichTimeTheyAreCompared() {
    visit.deliver(
        server.device("laptop"),
        Visit.usage("m0", "2026-11-18T11:59:59Z", "alpha", "-loom", "claude-opus-5", 1),
        Visit.usage("m1", "2026-11-19T11:59:59Z", "alpha", "-loom", "claude-opus-5", 100),
        Visit.usage("m2", "2026-11-19T12:30:00Z", "alpha", "-loom", "claude-opus-5", 900),
        Visit.usage("m3", "2026-11-20T10:00:00Z", "alpha", "-loom", "claude-opus-5", 100));
    assertThat(html("/?from=2026-11-20&to=2026-11-20"))
        .contains("+0.0 %", "in 19 Nov 2026, to 12:00");
    assertThat(html("/?from=2026-11-18&to=2026-11-19"))
        .as("nothing was used before")
        .contains("Nothing was used in 16–17 Nov 2026: no comparison.");
    assertThat(html("/?from=2026-11-20&to=2026-11-21"))
        .contains("in 18 Nov 2026, to 12:00")
        .doesNotContain("against the period before");
  }

  @Test
  void pageOfOneTellsItsCostAsTheApiDoes() {
    deliver();
    String device = server.registry.devices().list().getFirst().id().text();
    visit.form("/devices/" + device, "name=laptop&owner=ada", "Cookie", cookie);
    visit.deliver(
        server.device("desk"),
        Visit.usage("msg_3", "2026-11-20T10:00:00Z", "beta", "-atlas", "claude-haiku-4-5", 9_000)
            .replace("\"main\"", "\"next\""));
    for (String about :
        List.of(
            "person=ada",
            "project=-atlas",
            "project=-loom",
            "model=claude-opus-5",
            "device=" + device,
            "branch=next")) {
      String period = about + "&from=2026-11-20&to=2026-11-20";
      String cost =
          server
              .json(get("/api/v1/overview?" + period))
              .get("totals")
              .get("cost")
              .decimalValue()
              .setScale(2, RoundingMode.HALF_EVEN)
              .toPlainString();
      assertThat(html("/" + about.replaceAll("=.*", "") + "?" + period))
          .as(about)
          .contains("<p class=\"figure\">$" + cost + "</p>")
          .contains("?" + period.replace("&", "&amp;") + "&amp;sort=cost", "id=\"week\"");
    }
    assertThat(html("/device?device=" + device))
        .contains(">laptop</bdi></h1>", "/person?", "/devices/" + device);
    assertThat(get("/project").statusCode()).isEqualTo(404);
  }

  @Test
  void ownUsageIsThePageOfThePersonWhoAsks() {
    String viewer = server.login("vic & co", Role.VIEWER);
    assertThat(visit.page("/", "Cookie", viewer).body()).contains("href=\"/mine\"");
    assertThat(
            visit
                .page("/mine?from=2026-11-01&project=-loom", "Cookie", viewer)
                .headers()
                .firstValue("Location"))
        .contains("/person?from=2026-11-01&project=-loom&person=vic+%26+co");
  }

  @Test
  void sessionShowsWhatHappenedInItsOrderDownToLineAndPriceRow() {
    visit.deliver(
        server.device("laptop"),
        Visit.usage("msg_1", "2026-11-20T10:00:00Z", "alpha", "-loom", "claude-opus-5", 100),
        activity("prompt", "2026-11-20T09:59:00Z", "typed", 0),
        activity("compaction", "2026-11-20T10:00:30Z", "auto", 150_000),
        activity("api_error", "2026-11-20T10:00:40Z", "<b>overloaded</b>", 0),
        activity("attempt", "2026-11-20T10:00:41Z", "hidden attempt", 0),
        Visit.usage("msg_2", "2026-11-20T10:01:00Z", "alpha", "-loom", "claude-opus-5", 100)
            .replace(
                "\"branch\"",
                "\"agentId\":\"a-7\",\"tools\":[{\"id\":\"t1\",\"name\":\"Grep\"}],\"branch\""));
    assertThat(html("/session?id=alpha"))
        .containsSubsequence(
            "prompt",
            "msg_1",
            "auto, 150,000 tokens before",
            "&lt;b&gt;overloaded&lt;/b&gt;",
            "a-7")
        .contains("price row claude-opus-5, in force, from ", "booked $", "message msg_1")
        .contains("Grep", "data-chart=\"cost-rows\"")
        .doesNotContain("hidden attempt", "<b>overloaded");
    assertThat(get("/session?id=alpha&table=agents&as=csv").body())
        .contains("\r\n,0.0", "\r\na-7,0.0");
  }

  private static String activity(String kind, String at, String name, long value) {
    return "{\"type\":\"activity\",\"kind\":\"%s\",\"key\":\"%s\",\"at\":\"%s\",\"session\":\"alpha\",\"project\":\"-loom\",\"name\":\"%s\",\"value\":%d}"
        .formatted(kind, kind + at, at, name, value);
  }

  @Test
  void longSessionIsShownInPartsAndItsSumsAreOfAll() {
    var elements = new ArrayList<String>();
    for (int i = 0; i < 1_003; i++) {
      elements.add(
          Visit.usage(
              "m" + i,
              NOON.minusSeconds(5_000 - i).toString(),
              "alpha",
              "-loom",
              "claude-opus-5",
              1));
    }
    visit.deliver(server.device("laptop"), elements.toArray(String[]::new));
    String first = html("/session?id=alpha");
    assertThat(first).contains("1–100 of 1,003", "/session?id=alpha&amp;skip=100#timeline");
    String second = html("/session?id=alpha&skip=1000");
    assertThat(second)
        .contains("1,001–1,003 of 1,003", "message m1002", "1,003")
        .doesNotContain("message m999,", "rel=\"next\"");
  }

  private void deliver() {
    visit.deliver(
        server.device("laptop"),
        Visit.usage("msg_1", "2026-11-19T20:30:00Z", "alpha", "-loom", "claude-opus-5", 100),
        Visit.usage("msg_2", "2026-11-20T10:00:00Z", "alpha", "-loom", "claude-opus-5", 100));
    server.sightings.flush();
  }

  private List<String> pages() {
    return server.routes.stream()
        .filter(route -> route.caller() == Caller.PAGE && !route.changes())
        .map(Route::path)
        .filter(
            path ->
                !path.matches(
                    "/assets.*|/login|/setup|/setup/admin|/setup/arrived|/session|/mine|.*\\{.*"))
        .map(path -> ABOUT_ONE.contains(path) ? path + "?" + path.substring(1) + "=x" : path)
        .toList();
  }

  /// What holds for every page: one heading, no id twice, nothing inline, all files there.
  private void assertWhole(String path) {
    String html = html(path);
    assertThat(html.split("<h1", -1)).as(path).hasSize(2);
    assertThat(html)
        .as(path)
        .contains("<main id=\"main\"", "<nav id=\"menu\"", "<html lang=\"en\">")
        .doesNotContainPattern("<script(?![^>]* src=)")
        .doesNotContainPattern("<[^>]* (?:style|on[a-z]+)=")
        .doesNotContain("null");
    List<String> ids = ID.matcher(html).results().map(found -> found.group(1)).toList();
    assertThat(new HashSet<>(ids)).as(path).hasSameSizeAs(ids);
    for (MatchResult file : FILE.matcher(html).results().toList()) {
      HttpResponse<String> answer = get(file.group(1).replace("&amp;", "&"));
      assertThat(answer.statusCode()).as(file.group(1)).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
          .startsWith("attachment");
    }
  }

  @Test
  void filesHaveExactDollarsAndNoFormulas() {
    visit.deliver(
        server.device("=HYPERLINK(1)"),
        Visit.usage("msg_1", "2026-11-20T10:00:00Z", "alpha", "-loom", "claude-opus-5", 1));
    String csv = get("/devices?table=devices&as=csv").body();
    assertThat(csv)
        .startsWith("device,state,lastSeen,agent,owner,damagedLines,costUsd,")
        .contains("\n'=HYPERLINK(1),");
    String json = get("/sessions?table=sessions&as=json").body();
    assertThat(json).contains("\"durationSeconds\":").doesNotContain(" min\"");
    assertThat(json).contains("\"session\":\"alpha\"", "\"inputTokens\":26", "\"costUsd\":0.0");
    assertThat(get("/sessions?table=none&as=json").statusCode()).isEqualTo(404);
    assertThat(get("/sessions?table=sessions&as=xml").statusCode()).isEqualTo(422);
  }

  @Test
  void zoneAndCurrencyOfTheSettingsAreApplied() {
    deliver();
    assertThat(html("/sessions")).contains("2026-11-19 20:30");
    visit.form(
        "/setup/server",
        "timeZone=Asia%2FTokyo&currency=EUR&exchangeRate=0.5&exchangeRateDate=2026-11-19",
        "Cookie",
        cookie);
    assertThat(html("/sessions")).contains("2026-11-20 05:30", "€");
    assertThat(html("/")).contains("One dollar is counted as 0.5 EUR, the rate of 2026-11-19.");
    String drawn = html("/session?id=alpha");
    var bar = Pattern.compile("data-value=\"0\\.0([0-9]+)").matcher(drawn);
    assertThat(bar.find()).isTrue();
    assertThat(get("/session?id=alpha&table=cost&as=csv").body())
        .as("a chart is in euros, a file in dollars")
        .doesNotContain("0.0" + bar.group(1) + ",");
    visit.form("/setup/server", "currency=EUR&exchangeRate=", "Cookie", cookie);
    assertThat(html("/")).as("no rate, no euros").contains("$").doesNotContain("€");
  }

  @Test
  void machineIsRenamedGivenANewKeyAndRevoked() {
    String old = server.device("laptop");
    Device device = server.registry.devices().list().getFirst();
    String path = "/devices/" + device.id();
    visit.form(path, "name=desk&owner=ada", "Cookie", cookie);
    assertThat(html(path)).contains("<bdi>desk</bdi>", "value=\"ada\"");
    assertThat(visit.form(path + "/rotate", "", "Cookie", cookie).body())
        .containsPattern("dk_[A-Za-z0-9_-]{43}");
    assertThat(html(path)).doesNotContainPattern("dk_[A-Za-z0-9_-]{43}");
    visit.form(path + "/revoke", "", "Cookie", cookie);
    assertThat(html(path)).contains("revoked").doesNotContain("Rotate the key");
    assertThat(server.get("/api/v1/device", "X-Device-Key", old).statusCode()).isEqualTo(401);
    String viewer = server.login("vic", Role.VIEWER);
    assertThat(visit.page(path, "Cookie", viewer).body())
        .contains("desk")
        .doesNotContain("Name and owner");
  }

  @Test
  void machineTellsWhatItUsedAndHowItIs() {
    deliver();
    String page = html("/devices/" + server.registry.devices().list().getFirst().id());
    assertThat(page).contains("What it used in all", "/session?id=alpha", "Plan windows", "dk_");
  }

  @Test
  void logIsFilteredAndComesToWhoWaits() throws Exception {
    System.Logger logger = System.getLogger("claudometer.probe");
    logger.log(System.Logger.Level.WARNING, "first <b>line</b>\nsecond line");
    assertThat(html("/logs")).contains("probe (1)", "first &lt;b&gt;line", "second line");
    assertThat(html("/logs?level=error")).contains("No line is kept").doesNotContain("first &lt;");
    assertThat(html("/logs?category=probe&level=warn")).contains("first &lt;b&gt;line");
    long last = server.json(get("/api/v1/logs")).get("last").asLong();
    var speaker = Thread.ofVirtual().start(() -> speak(logger));
    var answer = server.json(get("/api/v1/logs?wait=20&category=probe&after=" + last));
    assertThat(answer.get("lines").get(0).get("message").asText()).isEqualTo("later");
    speaker.join();
    assertThat(get("/api/v1/logs?wait=99").statusCode()).isEqualTo(422);
  }

  private static void speak(System.Logger logger) {
    try {
      Thread.sleep(300);
      logger.log(System.Logger.Level.WARNING, "later");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void settingsAreChangedOrRefusedWithAReason() {
    deliver();
    assertThat(visit.form("/settings", "retentionDays=soon", "Cookie", cookie).body())
        .contains("role=\"alert\"", "has to be a number of days");
    assertThat(visit.form("/settings", "serverName=Ours&retentionDays=90", "Cookie", cookie).body())
        .contains("The settings are saved.", "<bdi>Ours</bdi>", "value=\"90\"");
    assertThat(visit.form("/settings/verify", "", "Cookie", cookie).body()).contains("Sound:");
    assertThat(html("/settings?days=1")).contains("responses are from before 2026-11-19 12:00");
    server.clock(NOON.plusSeconds(3 * 24 * 3600));
    cookie = visit.login("ada", TestServer.PASSWORD);
    assertThat(visit.form("/settings/forget", "days=1", "Cookie", cookie).body())
        .contains("2 responses are deleted.");
    assertThat(html("/session?id=alpha")).contains("its sums are");
  }

  @Test
  void modelsWithoutAPriceAreNamedAndInNoAmount() {
    visit.deliver(
        server.device("laptop"),
        Visit.usage("msg_1", "2026-11-20T10:00:00Z", "alpha", "-loom", "claude-nova-9", 100));
    assertThat(html("/"))
        .contains("1 response without a known price", "<p class=\"figure\">unpriced</p>")
        .doesNotContain("which saved");
    assertThat(html("/models?table=unpriced&as=csv")).isEqualTo("model\r\nclaude-nova-9\r\n");
    assertThat(html("/quality")).contains("1 (100.0 %)");
  }

  @Test
  void weekShowsWhenThingsWereUsedByTheServersClocks() {
    deliver();
    assertThat(html("/?table=week&as=json")).startsWith("[{\"day\":\"Mon\",\"hour00\":0,");
    String csv = html("/?from=2026-11-19&to=2026-11-20&table=week&as=csv");
    List<String> friday = List.of(csv.split("\r\n")[5].split(","));
    assertThat(friday.getFirst()).isEqualTo("Fri");
    assertThat(friday.get(11)).isNotEqualTo("0");
    assertThat(friday.subList(12, 25)).containsOnly("0");
    visit.form("/setup/server", "timeZone=Asia%2FTokyo", "Cookie", cookie);
    String there = html("/?from=2026-11-19&to=2026-11-20&table=week&as=csv");
    friday = List.of(there.split("\r\n")[5].split(","));
    assertThat(List.of(friday.get(6), friday.get(20))).doesNotContain("0");
    assertThat(html("/")).contains("class=\"h5\"", "title=\"Fri 19:00 – $");
  }

  @Test
  void onlyThePartThatChangesIsSentToAPageThatIsOpen() {
    deliver();
    HttpResponse<String> part = visit.page("/", "Cookie", cookie, "Claudometer-Part", "live");
    assertThat(part.body())
        .contains("<div id=\"live\" data-revision=\"" + server.store.standing().revision() + "\"")
        .contains("108,000", "href=\"/?table=models&as=csv\"")
        .doesNotContain("<nav", "<script");
    assertThat(html("/devices")).contains("<div id=\"live\" data-revision=");
  }

  @Test
  void branchesAndPullRequestsHaveTheirCost() {
    String key = server.device("laptop");
    visit.deliver(
        key,
        Visit.usage("msg_1", "2026-11-19T10:00:00Z", "alpha", "-loom", "claude-opus-5", 100),
        Visit.usage("msg_2", "2026-11-20T10:00:00Z", "alpha", "-loom", "claude-opus-5", 100),
        Visit.usage("msg_3", "2026-11-20T10:00:00Z", "beta", "-loom", "claude-opus-5", 1),
        pullRequest("https://example/7", "ada/loom#7", "alpha"),
        pullRequest("https://example/8", "ada/loom#8", "alpha"));
    assertThat(html("/branches"))
        .contains("project=-loom&amp;branch=main", "ada/loom#7", "ada/loom#8");
    assertThat(html("/branches?table=branches&as=json"))
        .contains(
            "\"branch\":\"main\",\"project\":\"-loom\",\"sessions\":2", "\"outputTokens\":201");
    assertThat(html("/branches?from=2026-11-20&table=pull-requests&as=csv"))
        .contains("ada/loom#7,'-loom,2026-11-20T10:05:00Z,1,", ",200,")
        .doesNotContain(",201,");
    assertThat(html("/branches?from=2026-11-01&to=2026-11-19")).contains("None was linked");
  }

  private static String pullRequest(String url, String name, String session) {
    return "{\"type\":\"activity\",\"kind\":\"pull_request\",\"key\":\""
        + url
        + "\",\"at\":\"2026-11-20T10:05:00Z\",\"session\":\""
        + session
        + "\",\"project\":\"-loom\",\"name\":\""
        + name
        + "\",\"value\":1}";
  }

  @Test
  void whatAPageIsAboutIsKeptByMenuAndNames() {
    deliver();
    String about = "from=2026-11-19&amp;to=2026-11-19&amp;model=claude-opus-5";
    String page = html("/projects?" + about.replace("&amp;", "&") + "&projects.sort=costUsd");
    assertThat(page)
        .contains("href=\"/sessions?" + about + "\"", "href=\"/?" + about + "\"")
        .contains("href=\"/project?" + about + "&amp;project=-loom\"")
        .contains("aria-label=\"Without the model Opus 5\"")
        .contains("from=2026-11-18&amp;to=2026-11-18\" rel=\"prev\"");
    assertThat(html("/sessions?" + about.replace("&amp;", "&")))
        .contains("1 session, $0.04", "/session?" + about + "&amp;id=alpha");
    assertThat(html("/sessions")).contains("1 session, $0.07", "All time");
  }

  @Test
  void overviewOfANewServerLeadsToItsFirstDevice() {
    assertThat(html("/")).contains("href=\"/setup/device\"", "No device has been added yet");
    server.device("laptop");
    assertThat(html("/")).doesNotContain("href=\"/setup/device\"", "No device has been added");
  }

  @Test
  void peopleHaveTheirCostAndDevicesWithoutAnOwnerAreNamed() {
    deliver();
    String laptop = "/devices/" + server.registry.devices().list().getFirst().id();
    visit.form(laptop, "name=laptop&owner=ada", "Cookie", cookie);
    visit.deliver(
        server.device("desk"),
        Visit.usage("msg_3", "2026-11-20T10:00:00Z", "beta", "-loom", "claude-opus-5", 100),
        Visit.usage("msg_0", "2026-11-17T10:00:00Z", "beta", "-loom", "claude-opus-5", 100));
    String people = "/people-usage?from=2026-11-19&to=2026-11-20";
    assertThat(get(people + "&table=people&as=csv").body().lines().toList().subList(1, 3))
        .satisfiesExactly(
            ada -> assertThat(ada).startsWith("ada,0.07426,0.07426,0,0.6666666666666666,1,2,2,"),
            nobody ->
                assertThat(nobody).startsWith(",0.03713,0,0.03713,0.3333333333333333,1,1,1,"));
    assertThat(html(people))
        .contains(
            "/person?from=2026-11-19&amp;to=2026-11-20&amp;person=ada", "no owner", "67\u00a0%")
        .contains("<dd>$0.11</dd>", "<dd>1 of 1</dd>", "<dd>$0.04</dd>", "1 device")
        .containsPattern("(?s)<tfoot.*Total.*\\$0\\.11.*\\+\\$0\\.07.*\\$0\\.04")
        .containsPattern("(?s)Devices without an owner.*>desk<");
  }

  @Test
  void qualityNamesWhatIsUnknownAndWhoseClockIsWrong() {
    String key = server.device("laptop");
    server.post(
        "/api/v1/events",
        """
        {"protocol":1,"observations":[{"type":"file","file":"/t/a.jsonl","identity":"1","size":10,
          "modified":"2026-11-20T10:00:00Z","offset":10,"fingerprint":1,
          "lineTypes":[{"name":"user","count":3},{"name":"<b>new","count":2}],
          "unknownFields":[{"name":"spark","count":4}]}]}\
        """,
        "X-Device-Key",
        key,
        "Date",
        "Fri, 20 Nov 2026 12:01:30 GMT");
    server.sightings.flush();
    assertThat(html("/quality")).contains("90 s ahead", "&lt;b&gt;new", "spark");
    assertThat(html("/quality?table=unknown&as=csv")).contains("laptop,field,spark,4");
    assertThat(html("/quality?table=unknown&as=csv")).doesNotContain("user");
    assertThat(html("/quality?table=quality&as=json")).contains("\"clockAheadSeconds\":90");
  }

  @Test
  void limitsHaveTheirHistory() {
    visit.deliver(
        server.device("laptop"),
        limit(0.056, "2026-11-20T08:30:00Z"),
        limit(0.056, "2026-11-20T10:10:00Z"),
        limit(0.256, "2026-11-20T11:30:00Z"));
    assertThat(html("/limits?table=history&as=csv"))
        .contains("2026-11-20T07:00:00Z,\r\n", "2026-11-20T09:00:00Z,5.6")
        .contains("2026-11-20T11:00:00Z,25.6");
    assertThat(html("/limits?days=7")).contains("class=\"tone-0\" d=\"M");
    assertThat(html("/limits?days=30")).contains(">30 days</a>", "days=30#history\" aria-current");
    assertThat(get("/limits?days=8").statusCode()).isEqualTo(422);
    assertThat(html("/"))
        .contains("Plan limits", "26\u00a0%", "5-hour window", "resets in 4 h 0 min");
  }

  @Test
  void limitsHaveTheirAgeAndNoNumberAfterTheWindowHasBegunAnew() {
    visit.deliver(
        server.device("laptop"),
        limit(0.056, "2026-11-20T10:30:00Z"),
        limit(0.256, "2026-11-20T11:30:00Z"));
    assertThat(html("/limits")).contains("5-hour window", "25.6 %", "30 min ago", "Fri 16:00");
    assertThat(html("/limits")).as("a fifth each hour").contains("Fri 15:13, in 3 h 13 min");
    server.clock(NOON.plusSeconds(5 * 3600));
    assertThat(html("/limits")).contains("reset, not read since");
    assertThat(html("/limits?table=windows&as=csv")).doesNotContain("0.256");
  }

  private static String limit(double utilization, String at) {
    return "{\"type\":\"limit\",\"window\":\"five_hour\",\"utilization\":"
        + utilization
        + ",\"resetsAt\":\"2026-11-20T16:00:00Z\",\"at\":\""
        + at
        + "\",\"origin\":\"statusline\"}";
  }

  @Test
  void auditAndLogsAreForAdministrators() {
    visit.form("/settings", "serverName=Ours", "Cookie", cookie);
    assertThat(html("/audit")).contains("setting.change", "user ada");
    assertThat(html("/logs?level=error")).contains("No line is kept");
    String viewer = server.login("vic", Role.VIEWER);
    for (String path : List.of("/audit", "/logs", "/settings")) {
      assertThat(visit.page(path, "Cookie", viewer).statusCode()).isEqualTo(403);
    }
    assertThat(visit.page("/", "Cookie", viewer).body()).doesNotContain("/audit", "/settings");
  }

  @Test
  void personIsAddedChangedAndCannotBeTheLastToGo() {
    String added = "name=bo&role=VIEWER&password=" + Visit.encoded(TestServer.PASSWORD);
    assertThat(visit.form("/people", added, "Cookie", cookie).body()).contains("bo can log in");
    assertThat(visit.form("/people", added, "Cookie", cookie).body())
        .contains("there is a user with this name");
    String bo = visit.login("bo", TestServer.PASSWORD);
    String id = server.registry.accounts().named("bo").id();
    visit.form("/people/" + id, "role=VIEWER&disabled=true", "Cookie", cookie);
    assertThat(visit.page("/account", "Cookie", bo).statusCode()).isEqualTo(302);
    String own = server.registry.accounts().named("ada").id();
    assertThat(visit.form("/people/" + own, "role=VIEWER", "Cookie", cookie).body())
        .contains("role=\"alert\"");
  }

  @Test
  void tokenIsShownOnceAndRevoked() {
    String issued =
        visit.form("/people/tokens", "name=ci&role=VIEWER&days=", "Cookie", cookie).body();
    var token = Pattern.compile("ct_[A-Za-z0-9_-]{43}").matcher(issued);
    assertThat(token.find()).isTrue();
    assertThat(html("/people")).contains(">ci<").doesNotContain(token.group());
    String bearer = "Bearer " + token.group();
    assertThat(server.get("/api/v1/me", "Authorization", bearer).statusCode()).isEqualTo(200);
    var id = Pattern.compile("<option value=\"([0-9a-f]{12})\"").matcher(issued);
    assertThat(id.find()).isTrue();
    visit.form("/people/tokens/revoke", "id=" + id.group(1), "Cookie", cookie);
    assertThat(server.get("/api/v1/me", "Authorization", bearer).statusCode()).isEqualTo(401);
  }

  @Test
  void passwordIsChangedAndOtherSessionsEnd() {
    String other = visit.login("ada", TestServer.PASSWORD);
    String next = Visit.encoded("another long one, 43");
    assertThat(
            visit
                .form(
                    "/account/password",
                    "current=wrong&password=" + next + "&again=" + next,
                    "Cookie",
                    cookie)
                .body())
        .contains("the current password is wrong");
    String right = "current=" + Visit.encoded(TestServer.PASSWORD);
    assertThat(
            visit
                .form(
                    "/account/password",
                    right + "&password=" + next + "&again=" + next,
                    "Cookie",
                    cookie)
                .body())
        .contains("The password is changed");
    assertThat(visit.page("/", "Cookie", other).statusCode()).isEqualTo(302);
    assertThat(visit.page("/", "Cookie", cookie).statusCode()).isEqualTo(200);
  }

  @Test
  void billOfTheOrganisationIsShownWithWhatIsUnknown() {
    server.billing.put(
        List.of(
            new BilledBucket(
                BilledReport.COST,
                Instant.parse("2026-11-19T00:00:00Z"),
                Instant.parse("2026-11-20T00:00:00Z"),
                NOON,
                List.of(
                    new Line(
                        new BilledGroup(Map.of(BilledDimension.WORKSPACE, "w<1>")),
                        new BilledAmounts(Map.of(Measure.COST, 1_237_891_200L)))))),
        Poll.first("cost"));
    assertThat(html("/organization?split=workspace")).contains("w&lt;1&gt;", "$1.24", "unknown");
    assertThat(html("/organization/reports")).contains("w&lt;1&gt;", "$1.24", "unknown");
    assertThat(get("/organization/reports?table=days&as=csv").body())
        .contains("2026-11-19,1.2378912,,,,\r\n");
    String viewer = server.login("vic", Role.VIEWER);
    assertThat(visit.page("/organization", "Cookie", viewer).statusCode()).isEqualTo(403);
  }

  @Test
  void ownCountStandsBesideTheBillWithTheDifference() {
    deliver();
    server.billing.put(
        List.of(
            new BilledBucket(
                BilledReport.COST,
                Instant.parse("2026-11-20T00:00:00Z"),
                Instant.parse("2026-11-21T00:00:00Z"),
                NOON,
                List.of(
                    new Line(
                        new BilledGroup(Map.of(BilledDimension.MODEL, "claude-opus-5")),
                        new BilledAmounts(Map.of(Measure.COST, 2_000_000_000L)))))),
        Poll.first("cost"));
    String csv = html("/organization/reports?table=compared&as=csv");
    assertThat(csv)
        .startsWith("day,model,costUsd,billedUsd,differenceUsd,inputTokens,inputReported,");
    assertThat(csv.split("\r\n")[1]).startsWith("2026-11-20,claude-opus-5,0.0").contains(",2,1.9");
    assertThat(csv.split("\r\n")[2])
        .as("of this day no bill is known")
        .matches("2026-11-19,claude-opus-5,0\\.\\d+,,,26,,,100,,,1200,,,54000,,,0");
    assertThat(html("/organization/reports")).contains("It can differ from what is counted here");
  }

  @Test
  void sessionsArePagedWithTheirFilters() {
    var elements = new ArrayList<String>();
    for (int i = 0; i < 25; i++) {
      String at = "2026-11-20T10:%02d:00Z".formatted(i);
      elements.add(Visit.usage("m" + i, at, "s & " + i, "-loom", "claude-opus-5", i));
    }
    visit.deliver(server.device("laptop"), elements.toArray(String[]::new));
    String first = html("/sessions?text=s+%26");
    assertThat(first).contains("id=s+%26+24").doesNotContain("id=s+%26+4\"");
    var next = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"").matcher(first);
    assertThat(next.find()).isTrue();
    String second = html(next.group(1).replace("&amp;", "&"));
    assertThat(second).contains("id=s+%26+4\"", "value=\"s &amp;\"").doesNotContain("rel=\"next\"");
  }

  @Test
  void hostileNamesAreHarmlessOnEveryPage() {
    String bad = "<img src=x onerror=alert(1)>\\u0000\\u001b[31m\\u202e\\\"'</script><script>";
    String key = server.device("<script>alert(2)</script>");
    visit.deliver(
        key,
        Visit.usage("msg_1", "2026-11-20T10:00:00Z", bad, bad, bad, 7),
        Visit.usage("msg_2", "2026-11-20T10:00:00Z", "long", "x".repeat(1_000), bad, 7),
        Visit.usage("msg_3", "2026-11-20T10:01:00Z", "javascript:alert(3)", "-p", "m", 7));
    List<String> paths = new ArrayList<>(pages());
    paths.add("/session?id=javascript%3Aalert(3)");
    paths.add("/devices/" + server.registry.devices().list().getFirst().id());
    for (String path : paths) {
      String html =
          html(path).replaceAll(" (?:value|href|title|data-key)=\"(?!javascript)[^\"]*\"", "");
      assertThat(html)
          .as(path)
          .doesNotContain("<img src=x", "<script>", "href=\"javascript", "\u0000", "\u001b")
          .doesNotContain("\u202e", "x".repeat(200));
    }
    assertThat(html("/sessions")).contains("&lt;img src=x");
  }

  @Test
  void nonsenseIsAPageThatSaysWhatIsExpected() {
    HttpResponse<String> answer = visit.page("/?from=yesterday", "Cookie", cookie);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("<!DOCTYPE html>", "has to be a day");
    assertThat(visit.page("/session?id=none", "Cookie", cookie).statusCode()).isEqualTo(404);
    assertThat(visit.page("/session", "Cookie", cookie).statusCode()).isEqualTo(404);
  }

  private String html(String path) {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(path + "\n" + answer.body()).isEqualTo(200);
    return answer.body();
  }

  private HttpResponse<String> get(String path) {
    return visit.page(path, "Cookie", cookie);
  }
}

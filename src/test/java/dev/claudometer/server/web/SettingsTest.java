package dev.claudometer.server.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.server.TestServer;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What administrators do on the pages of the settings.
class SettingsTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String PASSWORD = "&password=" + Visit.encoded(TestServer.PASSWORD);
  private static final Pattern TOKEN = Pattern.compile("cm_[A-Za-z0-9_-]{43}");

  private TestServer server;
  private Visit visit;
  private String cookie;
  private String key;

  @BeforeEach
  void start(@TempDir Path place) {
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.PROCESS),
            new TestServer.Setup(true, "127.0.0.1/32", false, 60_000));
    server.clock(NOON);
    visit = new Visit(server);
    cookie = server.login("ada", Role.ADMIN);
    key = server.device("laptop");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void ownPricePricesWhatHadNoneAndStaysThroughARefresh() {
    use("msg_1", "claude-nova-9");
    assertThat(html("/settings/prices")).contains("Built in, of ", "Used, and without a price");
    assertThat(html("/settings/prices?model=claude-%3Cnova"))
        .contains("name=\"model\" value=\"claude-&lt;nova\"");
    assertThat(form("/settings/prices", "model=claude-nova-9&input=10&output=much"))
        .as("what was typed stays")
        .contains("name=\"model\" value=\"claude-nova-9\"", "name=\"output\" value=\"much\"");
    assertThat(form("/settings/prices", "model=claude-nova-9&input=10&output=much"))
        .contains("role=\"alert\"");
    assertThat(form("/settings/prices", "model=claude-nova-9&input=10&output=0.0000001"))
        .contains("at most six places");
    String own =
        "model=claude-nova-9&input=10&output=50&cacheWrite5m=12.5&cacheWrite1h=20&cacheRead=1";
    assertThat(form("/settings/prices", own))
        .contains("claude-nova-9 has its price.", "set here by user ada on 2026-11-20")
        .doesNotContain("Used, and without a price");
    assertThat(html("/session?id=s")).contains("price row claude-nova-9", "× $50/M");
    server.shelf.list =
        "{\"claude-comet-1\":{\"input_cost_per_token\":0.000001,\"output_cost_per_token\":0.000005}}";
    assertThat(form("/settings/prices/refresh", ""))
        .contains("1 model beyond the built-in book now priced.", "claude-comet-1")
        .contains("set here by user ada");
    server.shelf.list = null;
    assertThat(form("/settings/prices/refresh", ""))
        .contains("the prices are as they were: raw.example does not answer", "claude-comet-1");
    assertThat(form("/settings/prices/reset", ""))
        .contains("Built in, of ")
        .doesNotContain("claude-comet-1");
    assertThat(html("/audit")).contains("price.set", "price.refresh", "price.reset");
    assertThat(html("/session?id=s")).as("booked stays booked").contains("booked $0.0");
  }

  @Test
  void currencyWithoutARateSaysThatAmountsStayInDollars() {
    assertThat(form("/settings", "currency=EUR&exchangeRate="))
        .contains("Amounts stay in dollars until you say what one dollar costs in EUR.");
    assertThat(form("/settings", "currency=EUR&exchangeRate=0.92"))
        .contains("The settings are saved.")
        .doesNotContain("stay in dollars");
  }

  @Test
  void billingMonthBeginsWhereTheSettingSays() {
    assertThat(html("/")).contains(">This quarter</a>").doesNotContain("Billing month<");
    assertThat(form("/settings", "billingDay=32")).contains("1 to 31");
    assertThat(form("/settings", "billingDay=15")).contains("The settings are saved.");
    assertThat(html("/"))
        .contains("/?from=2026-11-15&amp;to=2026-11-20\" data-period>Billing month</a>");
    assertThat(html("/?from=2026-11-15&to=2026-11-20"))
        .contains("aria-current=\"true\" data-period>Billing month</a>")
        .contains("<summary class=\"chosen\">Billing month</summary>")
        .contains("/?from=2026-10-15&amp;to=2026-11-14\" rel=\"prev\"");
  }

  @Test
  void metricsTokenIsShownOnceReadsMetricsOnlyAndIsReplacedWithinADay() {
    String first = token(form("/settings/access/metrics", ""));
    assertThat(html("/settings/access")).doesNotContain(first).contains(first.substring(0, 8));
    assertThat(metrics(first)).isEqualTo(200);
    assertThat(server.get("/api/v1/overview", "Authorization", "Bearer " + first).statusCode())
        .isEqualTo(403);
    String second = token(form("/settings/access/metrics", ""));
    assertThat(metrics(first)).isEqualTo(200);
    server.clock(NOON.plusSeconds(25 * 3_600));
    assertThat(metrics(first)).isEqualTo(401);
    assertThat(metrics(second)).isEqualTo(200);
    cookie = visit.login("ada", TestServer.PASSWORD);
    form("/settings/access/metrics/revoke", "");
    assertThat(metrics(second)).isEqualTo(401);
  }

  private static String token(String page) {
    var token = TOKEN.matcher(page);
    assertThat(token.find()).isTrue();
    return token.group();
  }

  private int metrics(String token) {
    return server
        .get("/metrics", "Authorization", "Bearer " + token, "X-Forwarded-For", "10.0.0.1")
        .statusCode();
  }

  @Test
  void guestsLookOnlyFromTheNamedNetworkAndChangeNothing() {
    assertThat(visit.page("/").statusCode()).isEqualTo(302);
    assertThat(form("/settings/access/guests", "networks=0.0.0.0%2F0" + PASSWORD))
        .contains("none of them wider than /8");
    assertThat(form("/settings/access/guests", "networks=127.0.0.0%2F8&password=wrong"))
        .contains("the current password is wrong");
    assertThat(visit.page("/").statusCode()).isEqualTo(302);
    form("/settings/access/guests", "networks=127.0.0.0%2F8" + PASSWORD);
    HttpResponse<String> page = visit.page("/sessions");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("Everybody in 127.0.0.0/8 sees these pages", "href=\"/login\"")
        .doesNotContain("/settings", "/account", "action=\"/logout\"");
    assertThat(html("/devices")).contains("Everybody in 127.0.0.0/8 sees these pages");
    assertThat(visit.page("/settings").statusCode()).isEqualTo(302);
    assertThat(visit.page("/account").statusCode()).isEqualTo(403);
    assertThat(visit.form("/settings", "serverName=Mine").statusCode()).isEqualTo(401);
    assertThat(visit.page("/", "X-Forwarded-For", "10.0.0.1").statusCode()).isEqualTo(302);
    assertThat(visit.page("/", "Authorization", "Bearer ct_guessed").statusCode()).isEqualTo(302);
    form("/settings/access/guests/end", "");
    assertThat(visit.page("/").statusCode()).isEqualTo(302);
    assertThat(html("/audit")).contains("guests.allow", "guests.end");
  }

  @Test
  void guestOfANetworkNeedsOurAddressInItsBrowser() {
    form("/settings/access/guests", "networks=10.1.0.0%2F16" + PASSWORD);
    String from = "10.1.2.3";
    assertThat(visit.page("/", "X-Forwarded-For", from).statusCode())
        .as("localhost may be another site's name for us")
        .isEqualTo(302);
  }

  @Test
  void backupIsTheWholeDatabaseAndNeedsThePassword(@TempDir Path place) throws IOException {
    use("msg_1", "claude-opus-5");
    assertThat(form("/settings/upkeep/backup", "password=wrong"))
        .contains("the current password is wrong");
    HttpResponse<String> answer =
        visit.form("/settings/upkeep/backup", PASSWORD.substring(1), "Cookie", cookie);
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"claudometer-20261120-1200.db\"");
    assertThat(answer.body()).startsWith("SQLite format 3");
    assertThat(server.json(json("POST", "/api/v1/backup", "{}")).get("status").asInt())
        .isEqualTo(403);
    Path file = place.resolve("copy.db");
    Files.write(file, answer.body().getBytes(ISO_8859_1));
    assertThat(html("/audit")).contains("backup.download");
  }

  @Test
  void resetNeedsTheWordsAndThePasswordAndDeletesAllUsage() {
    use("msg_1", "claude-opus-5");
    use("msg_2", "claude-opus-5");
    assertThat(html("/settings/upkeep"))
        .contains("2 responses of 1 sessions, since 2026-11-20", "delete all usage");
    String words = "word=" + Visit.encoded("delete all usage");
    assertThat(form("/settings/upkeep/reset", "word=yes" + PASSWORD)).contains("has to be: ");
    assertThat(form("/settings/upkeep/reset", words + "&password=wrong"))
        .contains("the current password is wrong");
    assertThat(server.store.sums(TimeRange.ALL, Set.of())).isNotEmpty();
    assertThat(form("/settings/upkeep/reset", words + PASSWORD))
        .contains("2 responses and their sums are gone.", "0 responses of 0 sessions");
    assertThat(server.store.verify()).isEmpty();
    assertThat(html("/sessions")).contains("No session yet");
    assertThat(html("/audit")).contains("usage.reset");
    assertThat(html("/devices")).contains("laptop");
    use("msg_1", "claude-opus-5");
    assertThat(server.store.sums(TimeRange.ALL, Set.of()).getFirst().totals().responses())
        .as("what is sent again counts again")
        .isEqualTo(1);
    assertThat(server.store.verify()).isEmpty();
  }

  @Test
  void usageOfADeviceIsDeletedOnItsPageWithItsNameAndThePassword() {
    use("msg_1", "claude-opus-5");
    String tower = server.device("tower");
    visit.deliver(
        tower, Visit.usage("msg_2", "2026-11-20T10:00:00Z", "t", "-loom", "claude-opus-5", 7));
    String page = "/devices/" + server.registry.devices().list().getFirst().id();
    assertThat(html(page)).contains("Delete its usage", "Type the device");
    assertThat(form(page + "/reset", "word=tower" + PASSWORD)).contains("has to be the device");
    assertThat(form(page + "/reset", "word=laptop&password=wrong"))
        .contains("the current password is wrong");
    assertThat(form(page + "/reset", "word=laptop" + PASSWORD)).contains("1 response is gone");
    assertThat(server.store.sums(TimeRange.ALL, Set.of()).getFirst().totals())
        .extracting(sum -> sum.responses(), sum -> sum.tokens().output())
        .containsExactly(1L, 7L);
    assertThat(server.store.verify()).isEmpty();
    assertThat(html("/audit")).contains("device.reset");
    String viewer = server.login("vic", Role.VIEWER);
    assertThat(visit.page(page, "Cookie", viewer).body()).doesNotContain("Delete its usage");
    assertThat(visit.form(page + "/reset", "word=laptop" + PASSWORD, "Cookie", viewer).statusCode())
        .isEqualTo(403);
  }

  @Test
  void viewersAndTokensDoNoneOfThis() {
    String viewer = server.login("vic", Role.VIEWER);
    for (String path : List.of("/settings/prices", "/settings/access", "/settings/upkeep")) {
      assertThat(visit.page(path, "Cookie", viewer).statusCode()).isEqualTo(403);
    }
    assertThat(
            visit
                .form("/settings/prices", "model=m&input=1&output=1", "Cookie", viewer)
                .statusCode())
        .isEqualTo(403);
  }

  private void use(String message, String model) {
    visit.deliver(key, Visit.usage(message, "2026-11-20T10:00:00Z", "s", "-loom", model, 100));
  }

  private HttpResponse<String> json(String method, String path, String body) {
    return server.method(
        method, path, body.getBytes(ISO_8859_1), "Cookie", cookie, "Sec-Fetch-Site", "same-origin");
  }

  private String form(String path, String body) {
    return visit.form(path, body, "Cookie", cookie).body();
  }

  private String html(String path) {
    HttpResponse<String> answer = visit.page(path, "Cookie", cookie);
    assertThat(answer.statusCode()).as(path + "\n" + answer.body()).isEqualTo(200);
    return answer.body();
  }
}

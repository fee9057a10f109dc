package dev.claudometer.server.web.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.server.TestServer;
import dev.claudometer.server.web.LoginPages;
import dev.claudometer.server.web.Visit;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is around pages: files, headers, errors, logging in, setting up.
class FrameTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"");
  private static final Pattern CODE = Pattern.compile("--code ([0-9A-Z]{5}-[0-9A-Z]{5})");

  private TestServer server;
  private Visit visit;

  @BeforeEach
  void start(@TempDir Path place) {
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(NOON);
    visit = new Visit(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void filesHaveAHashInTheirNameAndAreKept() {
    List<String> files =
        ASSET.matcher(visit.page("/login").body()).results().map(found -> found.group(1)).toList();
    assertThat(files).isEmpty();
    server.login("ada", Role.ADMIN);
    files =
        ASSET.matcher(visit.page("/login").body()).results().map(found -> found.group(1)).toList();
    assertThat(files).hasSizeGreaterThan(3).allMatch(file -> file.matches(".*-[0-9a-f]{12}\\..*"));
    for (String file : files) {
      HttpResponse<String> answer = server.get(file);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
    }
    assertThat(visit.page("/assets/app.css").statusCode()).isEqualTo(404);
    assertThat(visit.page("/assets/..%2fapp.css").statusCode()).isBetween(400, 404);
  }

  @Test
  void pagesRunNothingButThisServersOwnFiles() {
    server.login("ada", Role.ADMIN);
    HttpResponse<String> login = visit.page("/login");
    assertThat(login.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'")
        .doesNotContain("unsafe", "http:", "https:", "*");
    assertThat(login.body())
        .doesNotContainPattern("<script(?![^>]* src=)")
        .doesNotContainPattern("<[^>]* (?:style|on[a-z]+)=");
  }

  @Test
  void whoHasNotLoggedInIsAskedToAndThenGoesOn() {
    server.login("ada", Role.ADMIN);
    HttpResponse<String> asked = visit.page("/?from=2026-11-01");
    assertThat(asked.statusCode()).isEqualTo(302);
    String login = asked.headers().firstValue("Location").orElseThrow();
    assertThat(login).endsWith("/login?next=%2F%3Ffrom%3D2026-11-01");
    assertThat(visit.page("/login?next=%2F%3Ffrom%3D2026-11-01").body())
        .contains("value=\"/?from=2026-11-01\"");
    HttpResponse<String> answer = login("ada", TestServer.PASSWORD, "/?from=2026-11-01");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).contains("/?from=2026-11-01");
    String cookie = cookie(answer);
    assertThat(visit.page("/", "Cookie", cookie).statusCode()).isEqualTo(200);
    HttpResponse<String> out = visit.form("/logout", "", "Cookie", cookie);
    assertThat(out.headers().firstValue("Location")).contains("/login");
    assertThat(visit.page("/", "Cookie", cookie).statusCode()).isEqualTo(302);
  }

  @Test
  void wrongPasswordIsSaidOnThePageAndNotWhichPartWasWrong() {
    server.login("ada", Role.ADMIN);
    HttpResponse<String> answer = login("\"><script>alert(1)</script>", "wrong", "/");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body())
        .contains("user name or password is wrong", "role=\"alert\"")
        .doesNotContain("<script>alert");
  }

  @Test
  void afterLoggingInNobodyIsSentToAnotherServer() {
    assertThat(
            List.of("//evil.example", "/\\evil.example", "https://evil.example", "", "/a\nb", "/ä"))
        .allSatisfy(next -> assertThat(LoginPages.next(next)).isEqualTo("/"));
    assertThat(LoginPages.next("/sessions?text=a%20b")).isEqualTo("/sessions?text=a%20b");
  }

  @Test
  void formsOfOtherSitesAreRefused() {
    server.login("ada", Role.ADMIN);
    String body = "name=ada&password=" + Visit.encoded(TestServer.PASSWORD);
    for (String site : List.of("cross-site", "same-site")) {
      assertThat(
              server
                  .post(
                      "/login",
                      body.getBytes(UTF_8),
                      "Content-Type",
                      "application/x-www-form-urlencoded",
                      "Sec-Fetch-Site",
                      site)
                  .statusCode())
          .isEqualTo(403);
    }
    assertThat(
            server
                .post("/login", body.getBytes(UTF_8), "Sec-Fetch-Site", "same-origin")
                .statusCode())
        .as("JSON where a form is expected")
        .isEqualTo(415);
  }

  @Test
  void errorsArePagesForPeopleAndProblemsForPrograms() {
    HttpResponse<String> answer = visit.page("/nothing");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("<!DOCTYPE html>", "there is nothing here");
    assertThat(server.get("/nothing").headers().firstValue("Content-Type"))
        .contains("application/problem+json");
    assertThat(visit.page("/api/v1/nothing").headers().firstValue("Content-Type"))
        .contains("application/problem+json");
    String viewer = server.login("vic", Role.VIEWER);
    assertThat(visit.page("/setup/server", "Cookie", viewer).body())
        .contains("this is not for you");
  }

  @Test
  void setUpGoesFromTheTokenToTheCommandForTheFirstDevice() {
    assertThat(visit.page("/login").headers().firstValue("Location")).contains("/setup");
    assertThat(visit.page("/setup").body()).contains("aria-current=\"step\">Welcome");
    String password = "password=" + Visit.encoded(TestServer.PASSWORD);
    assertThat(
            visit.form("/setup/admin", "token=wrong&name=ada&" + password + "&again=other").body())
        .contains("The two passwords are not the same.");
    String same = password + "&again=" + Visit.encoded(TestServer.PASSWORD);
    assertThat(visit.form("/setup/admin", "token=wrong&name=ada&" + same).body())
        .contains("The set-up token is not in force", "value=\"wrong\"", "value=\"ada\"");
    HttpResponse<String> made =
        visit.form("/setup/admin", "token=" + server.setupToken() + "&name=ada&" + same);
    assertThat(made.headers().firstValue("Location")).contains("/setup/server");
    String cookie = cookie(made);
    assertThat(visit.page("/setup", "Cookie", cookie).headers().firstValue("Location"))
        .as("where it was left")
        .contains("/setup/server");
    assertThat(visit.form("/setup/server", "timeZone=Mars%2FHellas", "Cookie", cookie).body())
        .contains("has to be a time zone");
    assertThat(
            visit
                .form("/setup/server", "serverName=Ours&timeZone=Europe%2FBerlin", "Cookie", cookie)
                .headers()
                .firstValue("Location"))
        .contains("/setup/retention");
    assertThat(visit.page("/setup", "Cookie", cookie).headers().firstValue("Location"))
        .as("where it was left")
        .contains("/setup/retention");
    assertThat(
            visit
                .form("/setup/retention", "retentionDays=", "Cookie", cookie)
                .headers()
                .firstValue("Location"))
        .contains("/setup/device");
    assertThat(visit.page("/setup").headers().firstValue("Location"))
        .as("in another browser, after logging in")
        .contains("/login?next=%2Fsetup");
    assertThat(visit.page("/setup/device", "Cookie", cookie).body())
        .contains("aria-current=\"step\">First device");
    String command = visit.form("/setup/device", "name=laptop", "Cookie", cookie).body();
    assertThat(command)
        .contains("claudometer agent setup --server http://localhost:" + server.port());
    assertThat(command)
        .contains(
            "Linux", "macOS", "scoop install claudometer", "docker run", "Finish: to the overview");
    visit.form("/setup/done", "", "Cookie", cookie);
    assertThat(visit.page("/setup", "Cookie", cookie).headers().firstValue("Location"))
        .contains("/");
    assertThat(visit.page("/setup/device", "Cookie", cookie).body())
        .doesNotContain("aria-current=\"step\"");
    var code = CODE.matcher(command);
    assertThat(code.find()).isTrue();
    assertThat(server.post("/api/v1/enrol", "{\"code\":\"" + code.group(1) + "\"}").statusCode())
        .isEqualTo(201);
  }

  @Test
  void hostileNamesAreHarmless() {
    String cookie = server.login("ada", Role.ADMIN);
    List<String> names = new ArrayList<>();
    names.add("<img src=x onerror=alert(1)>");
    names.add("'\"><script>alert(1)</script>");
    names.add("javascript:alert(1)//{{1+1}}${1+1}");
    for (String name : names) {
      visit.form("/setup/server", "serverName=" + Visit.encoded(name), "Cookie", cookie);
      assertThat(visit.page("/", "Cookie", cookie).body())
          .doesNotContain("<img src=x", "<script>alert")
          .contains(name.contains("<img") ? "&lt;img src=x" : "alert(1)");
    }
    assertThat(Escaped.name("a\u0000b\u001b[31m\u202ec\u2066\n"))
        .isEqualTo("a\uFFFDb\uFFFD[31m\uFFFDc\uFFFD\uFFFD");
    assertThat(Escaped.name("x".repeat(10_000))).hasSize(121).endsWith("…");
    assertThat(Escaped.name("\uD83D\uDE00".repeat(10_000))).hasSize(241);
  }

  private HttpResponse<String> login(String name, String password, String next) {
    return visit.form(
        "/login",
        "name="
            + Visit.encoded(name)
            + "&password="
            + Visit.encoded(password)
            + "&next="
            + Visit.encoded(next));
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
  }
}

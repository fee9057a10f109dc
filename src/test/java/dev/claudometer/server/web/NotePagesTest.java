package dev.claudometer.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.server.TestServer;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.DayNote;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Notes on days: written on their page, shown in charts and beside their days, and in no file.
class NotePagesTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Pattern NOTED = Pattern.compile("<bdi class=\"noted\">([^<]*)<");

  private TestServer server;
  private Visit visit;
  private String admin;
  private String viewer;

  @BeforeEach
  void start(@TempDir Path place) {
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(NOON);
    visit = new Visit(server);
    admin = server.login("ada", Role.ADMIN);
    viewer = server.login("vic", Role.VIEWER);
    visit.deliver(
        server.device("laptop"),
        Visit.usage("m1", "2026-11-12T09:00:00Z", "s-1", "loom", "claude-opus-5", 400),
        Visit.usage("m2", "2026-11-18T09:00:00Z", "s-1", "loom", "claude-opus-5", 800));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void noteIsShownInChartsAndBesideItsDayAndInNoFile() {
    String file = page("/?table=cost&as=csv", viewer);
    assertThat(write(admin, "2026-11-12", "release 2.1", "true").body())
        .contains("The note on 12 Nov 2026 is kept.", "release 2.1");
    write(viewer, "2026-11-13", "day off", "");
    String overview = page("/", viewer);
    assertThat(noted(overview)).containsExactly("release 2.1", "day off");
    assertThat(overview)
        .contains("aria-label=\"12 Nov 2026: release 2.1\"", "<title>13 Nov 2026: day off</title>");
    assertThat(noted(page("/", admin))).containsExactly("release 2.1");
    assertThat(noted(page("/project?project=loom", admin))).containsExactly("release 2.1");
    assertThat(page("/?table=cost&as=csv", viewer)).isEqualTo(file).contains("2026-11-12");
    assertThat(page("/?table=cost&as=json", viewer)).doesNotContain("release");
  }

  @Test
  void stepOfAnHourAWeekOrAMonthHasTheNotesOfTheDaysThatBeginInIt() {
    write(admin, "2026-11-12", "release 2.1", "true");
    write(admin, "2026-11-13", "hotfix", "true");
    assertThat(noted(page("/?step=week", viewer)))
        .containsExactly("12 Nov 2026: release 2.1", "13 Nov 2026: hotfix");
    assertThat(noted(page("/?step=month&from=2026-09-01&to=2026-11-30", viewer)))
        .containsExactly("12 Nov 2026: release 2.1", "13 Nov 2026: hotfix");
    assertThat(noted(page("/?from=2026-11-12&to=2026-11-12", viewer)))
        .as("in the first hour of its day")
        .containsExactly("release 2.1");
    assertThat(noted(page("/?from=2026-11-14&to=2026-11-20", viewer))).isEmpty();
  }

  @Test
  void noteIsChangedAndDeletedByWhoMayAndHostileTextIsText() {
    String hostile = "<img src=x onerror=alert(1)>";
    write(admin, "2026-11-12", hostile, "true");
    for (String path : List.of("/", "/notes")) {
      assertThat(page(path, viewer))
          .contains("&lt;img src=x onerror=alert(1)")
          .doesNotContain("<img src=x", "/delete\"");
    }
    String id = only().id();
    assertThat(visit.form("/notes/" + id, "text=mine", "Cookie", viewer).statusCode())
        .isEqualTo(403);
    assertThat(
            visit
                .form("/notes/" + id, "day=2026-11-11&text=2.1&everybody=true", "Cookie", admin)
                .body())
        .contains("The note on 11 Nov 2026 is changed.");
    assertThat(only().day()).isEqualTo(LocalDate.parse("2026-11-11"));
    assertThat(visit.form("/notes/" + id + "/delete", "", "Cookie", admin).body())
        .contains("The note is deleted.", "Nothing is noted in this period.");
  }

  @Test
  void whatIsTypedStaysWhereItIsRefused() {
    HttpResponse<String> refused = write(viewer, "2026-11-12", "x".repeat(201), "");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("x".repeat(201), "value=\"2026-11-12\"", "1 to 200 letters");
    assertThat(write(viewer, "2026-11-12", "for all", "true").statusCode()).isEqualTo(403);
    assertThat(page("/notes", viewer)).doesNotContain("For everybody");
  }

  private DayNote only() {
    List<DayNote> all = server.registry.notes().of("ada");
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static List<String> noted(String page) {
    assertThat(page).contains("The figures as a table");
    return NOTED.matcher(page).results().map(found -> found.group(1)).toList();
  }

  private HttpResponse<String> write(String cookie, String day, String text, String everybody) {
    return visit.form(
        "/notes",
        "day=" + day + "&text=" + Visit.encoded(text) + "&everybody=" + everybody,
        "Cookie",
        cookie);
  }

  private String page(String path, String cookie) {
    HttpResponse<String> answer = visit.page(path, "Cookie", cookie);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }
}

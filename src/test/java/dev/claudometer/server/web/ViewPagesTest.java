package dev.claudometer.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.report.Beginnings;
import dev.claudometer.report.RollingPeriod;
import dev.claudometer.server.TestServer;
import dev.claudometer.server.web.frame.Picker;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.SavedView;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Views under a name, as pages without scripts have them.
class ViewPagesTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String HERE = "/?by=person&from=2026-11-14&to=2026-11-20";

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
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void pageIsKeptUnderANameOpenedRenamedAndDeleted() {
    String form = page("/views/new?of=" + Visit.encoded(HERE), viewer);
    assertThat(page(HERE, viewer)).contains("href=\"/views/new?of=" + Visit.encoded(HERE) + "\"");
    assertThat(form)
        .contains("7 days, whenever it is opened", "Always 14–20 Nov 2026", "by person")
        .doesNotContain("For everybody");
    HttpResponse<String> kept = keep(viewer, "mine", HERE, "7-days", "");
    assertThat(kept.statusCode()).isEqualTo(303);
    assertThat(kept.headers().firstValue("Location")).contains(HERE);
    assertThat(page(HERE, viewer))
        .as("the menu has it, and says that it is here")
        .containsPattern(
            "href=\"[^\"]*from=2026-11-14[^\"]*\" title=\"mine\" aria-current=\"true\"");
    String id = only().id();
    HttpResponse<String> opened = visit.page("/views/" + id, "Cookie", viewer);
    assertThat(opened.statusCode()).isEqualTo(303);
    assertThat(opened.headers().firstValue("Location")).contains(HERE);
    assertThat(visit.page("/views/" + id, "Cookie", admin).statusCode()).isEqualTo(404);
    assertThat(visit.form("/views/" + id, "name=weekly", "Cookie", viewer).body())
        .contains("“weekly” is changed.");
    assertThat(visit.form("/views/" + id + "/delete", "", "Cookie", viewer).body())
        .contains("“weekly” is deleted.", "There are none yet");
    assertThat(server.registry.views().list()).isEmpty();
  }

  @Test
  void whatIsTypedStaysWhereItIsRefused() {
    keep(viewer, "mine", HERE, "", "");
    HttpResponse<String> again = keep(viewer, "mine", HERE, "", "");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body())
        .contains("there is a view with this name", "value=\"mine\"", "Always 14–20 Nov 2026");
    assertThat(keep(viewer, "for all", HERE, "", "true").statusCode()).isEqualTo(403);
    assertThat(keep(viewer, "elsewhere", "//evil.example", "", "").statusCode()).isEqualTo(422);
  }

  @Test
  void everybodysViewIsInEverybodysMenuAndHostileNamesAreText() {
    String hostile = "<img src=x onerror=alert(1)>";
    keep(admin, hostile, "/models?model=" + Visit.encoded(hostile), "", "true");
    for (String path : List.of("/", "/views", "/find?text=img")) {
      assertThat(page(path, viewer))
          .contains("&lt;img src=x onerror=alert(1)>")
          .doesNotContain("<img src=x");
    }
    String list = page("/views", viewer);
    assertThat(list).contains("everybody’s", "kept by <bdi>ada</bdi>").doesNotContain("/delete\"");
    assertThat(page("/views", admin)).contains("/delete\"");
    assertThat(page("/find?text=img", viewer)).contains("href=\"/views/" + only().id() + "\"");
    assertThat(visit.form("/views/" + only().id() + "/delete", "", "Cookie", viewer).statusCode())
        .isEqualTo(403);
  }

  /// Days of all kinds: a leap day, the last and the first of a month and a year.
  @ParameterizedTest
  @ValueSource(strings = {"2026-11-20", "2028-02-29", "2026-12-31", "2027-01-01", "2026-03-01"})
  void periodsThatGoOnAreThoseOfTheScopeBar(String day) {
    LocalDate today = LocalDate.parse(day);
    for (Beginnings beginnings : List.of(Beginnings.USUAL, new Beginnings(DayOfWeek.SUNDAY, 15))) {
      var picker = new Picker(Address.of("/"), today, today, today, "UTC", beginnings);
      assertThat(
              RollingPeriod.all(beginnings).stream()
                  .map(
                      period ->
                          new Picker.Span(
                              period.title(),
                              period.from(today, beginnings),
                              period.to(today, beginnings))))
          .containsExactlyElementsOf(
              Stream.concat(picker.spans().stream(), picker.others().stream()).toList());
    }
  }

  private SavedView only() {
    assertThat(server.registry.views().list()).hasSize(1);
    return server.registry.views().list().getFirst();
  }

  private HttpResponse<String> keep(
      String cookie, String name, String address, String period, String everybody) {
    return visit.form(
        "/views",
        "name="
            + Visit.encoded(name)
            + "&address="
            + Visit.encoded(address)
            + "&period="
            + period
            + "&everybody="
            + everybody,
        "Cookie",
        cookie);
  }

  private String page(String path, String cookie) {
    HttpResponse<String> answer = visit.page(path, "Cookie", cookie);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }
}

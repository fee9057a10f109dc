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

/// A million tokens of input: $4 of Opus 5.5 in October, $2 of Sonnet 5.5 in November.
class WhatIfPageTest {

  private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");
  private static final String BOTH = "from=2026-10-01&to=2026-11-30";

  private TestServer server;
  private Visit visit;
  private String viewer;

  @BeforeEach
  void start(@TempDir Path place) {
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    server.clock(NOW);
    visit = new Visit(server);
    viewer = server.login("vic", Role.VIEWER);
    visit.deliver(
        server.device("laptop"),
        usage("m-opus", "2026-10-30", "claude-opus-5-5"),
        usage("m-sonnet", "2026-11-20", "claude-sonnet-5-5"));
  }

  private static String usage(String message, String day, String model) {
    return ("{'type':'usage','message':'"
            + message
            + "','request':'r','at':'"
            + day
            + "T12:00:00Z','model':'"
            + model
            + "','input':1000000,'output':0,'stopReason':'end_turn','session':'s-"
            + message
            + "','project':'-p'}")
        .replace('\'', '"');
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void withoutARuleThePageOffersThemWithItsPeriod() {
    assertThat(page("/what-if?" + BOTH))
        .contains("Choose a rule.", "plan=pro", "cacheTtl=1h", "shortPrompts=true")
        .contains("from=2026-10-01&amp;to=2026-11-30&amp;plan=max")
        .contains("<option value=\"claude-opus-5-5\"")
        .doesNotContain("contract=true");
    assertThat(page("/")).contains("href=\"/what-if\"");
  }

  @Test
  void anotherModelIsChosenFromListsAndTheResponsesThatMakeTheDifferenceAreTold() {
    HttpResponse<String> sent =
        visit.page(
            "/what-if?" + BOTH + "&of=claude-opus-5-5&instead=claude-sonnet-5-5", "Cookie", viewer);
    assertThat(sent.statusCode()).isEqualTo(303);
    String to = sent.headers().firstValue("Location").orElseThrow();
    assertThat(to).isEqualTo("/what-if?" + BOTH + "&replace=claude-opus-5-5%3Dclaude-sonnet-5-5");
    assertThat(page(to))
        .contains("With Sonnet 5.5 in the place of Opus 5.5")
        .contains("<a href=\"/model?", "title=\"claude-opus-5-5\"")
        .contains(">$6.00<", ">$4.00<", "−$2.00")
        .contains("Another model would have answered with other tokens")
        .contains("href=\"/session?id=s-m-opus\"")
        .doesNotContain("s-m-sonnet");
    assertThat(page(to + "&table=changes&as=csv"))
        .isEqualTo(
            "response,costUsd,costThenUsd,costDifferenceUsd,at,session,model,prompt,output\r\n"
                + "m-opus,4,2,-2,2026-10-30T12:00:00Z,s-m-opus,claude-opus-5-5,1000000,0\r\n");
  }

  @Test
  void planIsToldMonthByMonth() {
    assertThat(page("/what-if?plan=pro&" + BOTH))
        .contains("With the plan Pro, $20 a month", "2026-10", "2026-11", ">$40.00<")
        .contains("+$34.00", "Whether its limits would have been enough");
    assertThat(page("/what-if?plan=pro&table=months&as=csv&" + BOTH))
        .isEqualTo(
            "month,costUsd,costThenUsd,costDifferenceUsd,responses\r\n"
                + "2026-10,4,20,16,1\r\n2026-11,2,20,18,1\r\n");
  }

  @Test
  void ruleThatIsNoneIsSaidAndTheOthersStay() {
    HttpResponse<String> wrong = visit.page("/what-if?replace=opus%3Doracle", "Cookie", viewer);
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("one that has a price", "cacheTtl=1h", "id=\"menu\"");
    assertThat(visit.page("/what-if?replace=%3Cimg+src%3Dx%3E", "Cookie", viewer).body())
        .doesNotContain("<img src=x");
  }

  private String page(String path) {
    HttpResponse<String> answer = visit.page(path, "Cookie", viewer);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }
}

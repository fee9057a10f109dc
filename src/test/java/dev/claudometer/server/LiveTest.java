package dev.claudometer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What pages are told while they are open.
@Tag("long")
@Timeout(240)
class LiveTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<InputStream> open = new ArrayList<>();
  private TestServer server;

  @BeforeEach
  void start(@TempDir Path place) {
    server =
        new TestServer(
            SqliteStore.database(place.resolve("server.db"), Durability.PROCESS),
            TestServer.Setup.USUAL);
    // no minute passes: that would be told too
    server.clock(Instant.parse("2026-11-21T12:00:30Z"));
  }

  @AfterEach
  void stop() throws IOException {
    for (InputStream stream : open) {
      stream.close();
    }
    client.shutdownNow();
    server.close();
  }

  @Test
  void revisionIsToldAtOnceAndWhenItHasChanged() throws Exception {
    String cookie = server.login("ada", Role.VIEWER);
    HttpResponse<InputStream> answer = listen(cookie);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    BufferedReader lines = lines(answer);
    long before = nextRevision(lines);
    assertThat(before).isEqualTo(server.store.standing().revision());
    server.post(
        "/api/v1/events",
        """
        {"protocol":1,"observations":[{"type":"usage","message":"m","at":"2026-11-20T10:00:00Z",
          "model":"claude-opus-5","input":1,"output":2,"session":"s","project":"p"}]}\
        """,
        "X-Device-Key",
        server.device("laptop"));
    assertThat(nextRevision(lines))
        .isEqualTo(server.store.standing().revision())
        .isGreaterThan(before);
  }

  @Test
  void itEndsWithTheSession() throws Exception {
    String cookie = server.login("ada", Role.VIEWER);
    BufferedReader lines = lines(listen(cookie));
    nextRevision(lines);
    server.post("/api/v1/logout", "", "Cookie", cookie, "Sec-Fetch-Site", "same-origin");
    assertThat(lines.lines().filter(line -> line.startsWith("data"))).isEmpty();
  }

  @Test
  void itEndsWhenTheServerStops() throws Exception {
    BufferedReader lines = lines(listen(server.login("ada", Role.VIEWER)));
    nextRevision(lines);
    server.close();
    assertThat(lines.lines().filter(line -> line.startsWith("data"))).isEmpty();
  }

  @Test
  void aPersonHasOnlySoManyAndTheyTakeNoThreads() throws Exception {
    for (int person = 0; person < 9; person++) {
      String cookie = server.login("p" + person, Role.VIEWER);
      BufferedReader first = lines(listen(cookie));
      for (int page = 1; page < 8; page++) {
        assertThat(listen(cookie).statusCode()).isEqualTo(200);
      }
      assertThat(listen(cookie).statusCode()).isEqualTo(200);
      assertThat(first.lines().filter(line -> line.startsWith("data")))
          .as("ends for the ninth")
          .hasSize(1);
    }
    assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void itIsForBrowsersThatAskForEvents() throws Exception {
    String cookie = server.login("ada", Role.VIEWER);
    assertThat(server.get("/api/v1/live", "Cookie", cookie).statusCode()).isEqualTo(406);
    assertThat(listen("none=1").statusCode()).isEqualTo(401);
  }

  private HttpResponse<InputStream> listen(String cookie) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/api/v1/live"))
            .headers("Cookie", cookie, "Accept", "text/event-stream")
            .build();
    HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
    open.add(answer.body());
    return answer;
  }

  private static BufferedReader lines(HttpResponse<InputStream> answer) {
    return new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
  }

  private static long nextRevision(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("data: ")) {
        return Long.parseLong(line.substring("data: ".length()));
      }
    }
    throw new AssertionError("the line has ended");
  }
}

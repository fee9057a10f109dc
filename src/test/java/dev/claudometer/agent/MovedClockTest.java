package dev.claudometer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The system's clock is set while a server and agents run: back, far ahead, and over both ends of
/// summer time. Nothing is lost, nothing counts twice, and nobody is locked out for longer.
@Tag("process")
@Timeout(7_200)
class MovedClockTest {

  private static final String PASSWORD = "quite a long one, 42";

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();

  /// What a wrong password may make wait at most, in seconds; it doubles with each.
  private long longestLock = 60;

  @Test
  void nothingIsLostOrDoubledAndNobodyLockedOutForLongerHoweverTheClockIsSet() throws Exception {
    FakeTime clock = FakeTime.in(directory);
    try (var fleet =
        new Fleet(
            directory,
            2,
            Program.thisBuild(),
            Program.thisBuild(),
            clock.environment(),
            new Random(7))) {
      String cookie = administrator(fleet);
      assertThat(status(fleet, cookie)).isEqualTo(200);
      lock(fleet);
      grow(fleet);
      clock.set(Duration.ofHours(-1));
      grow(fleet);
      clock.set(Duration.ofDays(-1));
      grow(fleet);
      assertThat(status(fleet, cookie)).as("a session, the day before it began").isEqualTo(200);
      clock.set(Instant.parse("2026-10-25T00:59:50Z"));
      grow(fleet);
      clock.set(Instant.parse("2027-03-28T00:59:50Z"));
      grow(fleet);
      clock.set(Duration.ofDays(365));
      while (status(fleet, cookie) != 401) {
        // it ends after a week: so the server has seen that the clock was set
        Thread.sleep(100);
      }
      grow(fleet);
      clock.set(Duration.ZERO);
      grow(fleet);
      fleet.settle();
      fleet.check();
    } finally {
      client.close();
    }
  }

  /// Transcripts grow, and all of it arrives; whoever guesses passwords waits no longer than
  /// before.
  private void grow(Fleet fleet) throws Exception {
    for (int i = 0; i < 20; i++) {
      fleet.machines().get(i % 2).write();
    }
    fleet.settle();
    guess(fleet);
    fleet.faults();
  }

  private String administrator(Fleet fleet) throws IOException, InterruptedException {
    Pattern token = Pattern.compile("st_\\w+");
    while (!token.matcher(fleet.said()).find()) {
      Thread.sleep(50);
    }
    String shown = token.matcher(fleet.said()).results().map(MatchResult::group).toList().getLast();
    HttpResponse<String> answer =
        post(fleet, "setup", Map.of("token", shown, "name", "ada", "password", PASSWORD));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
  }

  private void lock(Fleet fleet) throws IOException, InterruptedException {
    for (int i = 0; i < 5; i++) {
      assertThat(wrong(fleet).statusCode()).isEqualTo(401);
    }
    guess(fleet);
  }

  private void guess(Fleet fleet) throws IOException, InterruptedException {
    HttpResponse<String> answer = wrong(fleet);
    assertThat(answer.statusCode()).isIn(401, 429);
    if (answer.statusCode() == 401) {
      longestLock *= 2;
    } else {
      long wait = answer.headers().firstValueAsLong("Retry-After").orElseThrow();
      assertThat(wait).isBetween(1L, longestLock);
    }
  }

  private HttpResponse<String> wrong(Fleet fleet) throws IOException, InterruptedException {
    return post(fleet, "login", Map.of("name", "ada", "password", "surely not that one"));
  }

  private HttpResponse<String> post(Fleet fleet, String what, Map<String, String> fields)
      throws IOException, InterruptedException {
    var body = new ObjectMapper().writeValueAsString(fields);
    return client.send(
        HttpRequest.newBuilder(fleet.url().resolve("/api/v1/" + what))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private int status(Fleet fleet, String cookie) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(fleet.url().resolve("/api/v1/me"))
                .header("Cookie", cookie)
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }
}

package dev.claudometer.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.Answer.Reason;
import dev.claudometer.fetch.GetRequest.Pair;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceTest {

  private static final String SECRET = "sk-ant-admin01-canary-4711";
  private static final GetRequest QUESTION =
      new GetRequest(
          "/v1/x", List.of(new Pair("a[]", "b c")), List.of(new Pair("x-api-key", SECRET)));

  private Simulator simulator;
  private Service service;

  @BeforeEach
  void start() {
    simulator =
        new Simulator() {
          @Override
          protected String answer(Asked asked) {
            return "{\"n\":7}";
          }
        };
    service = new Service(simulator.url(), Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() {
    service.close();
    simulator.close();
  }

  @Test
  void questionIsAskedWithItsParametersAndHeaders() throws InterruptedException {
    assertThat(ask()).isEqualTo(new Given<>(7L));
    assertThat(simulator.asked.getFirst().path()).isEqualTo("/v1/x");
    assertThat(simulator.asked.getFirst().parameter("a[]")).isEqualTo("b c");
    assertThat(simulator.asked.getFirst().headers()).containsEntry("x-api-key", SECRET);
  }

  @Test
  void eachRefusalHasItsReasonAndOneSentence() throws InterruptedException {
    assertThat(failed(Simulator.status(401, error("authentication_error", "invalid x-api-key"))))
        .isEqualTo(
            new Failed<Long>(
                Reason.UNAUTHORIZED,
                "localhost does not accept the key (401 authentication_error: invalid x-api-key)",
                null));
    assertThat(failed(Simulator.status(403, error("permission_error", "missing scope"))).reason())
        .isEqualTo(Reason.FORBIDDEN);
    assertThat(failed(Simulator.status(404, "")).reason()).isEqualTo(Reason.ABSENT);
    assertThat(failed(Simulator.status(400, "")).reason()).isEqualTo(Reason.UNKNOWN);
    assertThat(failed(Simulator.status(500, "<html>")).reason()).isEqualTo(Reason.BUSY);
    assertThat(failed(Simulator.status(529, error("overloaded_error", "Overloaded"))).reason())
        .isEqualTo(Reason.BUSY);
    Failed<Long> later = failed(Simulator.status(429, "", "Retry-After", "17"));
    assertThat(later.reason()).isEqualTo(Reason.BUSY);
    assertThat(later.after()).isEqualTo(Duration.ofSeconds(17));
  }

  @Test
  void redirectIsNotFollowed() throws InterruptedException {
    try (Simulator other =
        new Simulator() {
          @Override
          protected String answer(Asked asked) {
            return "{\"n\":8}";
          }
        }) {
      Failed<Long> failed =
          failed(Simulator.status(302, "", "Location", other.url().text() + "/v1/x"));
      assertThat(failed.reason()).isEqualTo(Reason.UNREADABLE);
      assertThat(failed.sentence()).contains("sends us elsewhere");
      assertThat(other.asked).isEmpty();
    }
  }

  @Test
  void whatIsNotTheExpectedJsonIsUnreadable() throws InterruptedException {
    assertThat(failed(Simulator.status(200, "<!DOCTYPE html><html></html>")).sentence())
        .isEqualTo("localhost answered /v1/x with something unexpected: it is no JSON, but a page");
    for (String body :
        List.of(
            "",
            "{\"n\":",
            "[]",
            "{}",
            "null",
            "{\"n\":\"7\"}",
            "{\"n\":-1}",
            "{\"n\":1.5}",
            "{\"n\":1e999999999}",
            "{\"n\":99999999999999999999}",
            "{\"n\":[7]}",
            "{\"n\":7}{\"n\":8}",
            "[".repeat(10_000))) {
      Failed<Long> failed = failed(Simulator.status(200, body));
      assertThat(failed.reason()).as(body).isEqualTo(Reason.UNREADABLE);
      assertThat(failed.sentence()).doesNotContain("\n").hasSizeLessThan(300);
    }
  }

  @Test
  void cutAndRefusedConnectionsAreUnreachable() throws InterruptedException {
    assertThat(failed(Simulator.cut()).reason()).isEqualTo(Reason.UNREACHABLE);
    simulator.close();
    Failed<Long> closed = (Failed<Long>) ask();
    assertThat(closed.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(closed.sentence()).endsWith(": nothing answers there");
  }

  /// Java's own failures often say nothing but the name of their class.
  @Test
  void failureIsToldInWords() {
    assertThat(
            Stream.of(
                    new ConnectException(),
                    new UnknownHostException(),
                    new ConnectException().initCause(new UnresolvedAddressException()),
                    new SSLException((String) null),
                    new HttpTimeoutException("t"),
                    new IOException((String) null),
                    null)
                .map(NoConnection::why))
        .containsExactly(
            "nothing answers there",
            "its name is not known here",
            "its name is not known here",
            "it cannot prove who it is",
            "it did not answer in time",
            "the connection was cut",
            "the connection was cut");
  }

  @Test
  void hugeBodyIsNotReadToItsEnd() throws InterruptedException {
    Failed<Long> failed = failed(Simulator.huge(200L << 20));
    assertThat(failed.reason()).isEqualTo(Reason.UNREADABLE);
    assertThat(failed.sentence()).isEqualTo("localhost answered with more than 32 MiB: not read");
  }

  @Test
  void answerThatTakesTooLongIsGivenUp() throws InterruptedException {
    try (var hasty = new Service(simulator.url(), Duration.ofMillis(300))) {
      simulator.fails(
          exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
          });
      Answer<Long> answer = hasty.ask(QUESTION, json -> json.at("n").count());
      assertThat(((Failed<Long>) answer).reason()).isEqualTo(Reason.UNREACHABLE);
    }
  }

  @Test
  void secretsAreInNoSentenceAndNoText() throws InterruptedException {
    Failed<Long> failed =
        failed(Simulator.status(401, error("authentication_error", "no key " + SECRET + " here")));
    assertThat(failed.toString()).doesNotContain("canary");
    assertThat(QUESTION.toString()).doesNotContain("canary");
    assertThat(QUESTION.headers().toString()).doesNotContain("canary");
  }

  @Test
  void withoutTlsOnlyThisMachineIsAsked() {
    for (String wrong :
        List.of(
            "http://api.anthropic.com",
            "ftp://localhost",
            "https://",
            "api.anthropic.com",
            "https://user:pass@host",
            "http://127.0.0.1.evil.example",
            "nonsense with blanks")) {
      assertThatThrownBy(() -> BaseUrl.of(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(BaseUrl.of("https://api.anthropic.com/").text())
        .isEqualTo("https://api.anthropic.com");
    assertThat(BaseUrl.of("http://127.0.0.1:8080").host()).isEqualTo("127.0.0.1");
  }

  @Test
  void patienceWaitsLongerEachTimeAndAsLongAsItIsTold() throws InterruptedException {
    List<Duration> waits = new ArrayList<>();
    var patience = new Patience(5, waits::add, new Random(1));
    for (String after : List.of("", "", "9", "0")) {
      simulator.fails(
          after.isEmpty()
              ? Simulator.status(503, "")
              : Simulator.status(429, "", "retry-after", after));
    }
    assertThat(patience.ask(this::ask)).isEqualTo(new Given<>(7L));
    assertThat(waits.get(0)).isBetween(Duration.ofMillis(1000), Duration.ofMillis(1500));
    assertThat(waits.get(1)).isBetween(Duration.ofMillis(2000), Duration.ofMillis(3000));
    assertThat(waits.get(2)).isBetween(Duration.ofMillis(9000), Duration.ofMillis(10_000));
    assertThat(waits.get(3)).isBetween(Duration.ofMillis(1000), Duration.ofMillis(2000));
  }

  @Test
  void patienceEndsAfterSomeAttemptsAndBeforeALongWait() throws InterruptedException {
    List<Duration> waits = new ArrayList<>();
    var patience = new Patience(3, waits::add, new Random(1));
    for (int i = 0; i < 3; i++) {
      simulator.fails(Simulator.status(500, ""));
    }
    assertThat(patience.ask(this::ask)).isInstanceOf(Failed.class);
    assertThat(waits).hasSize(2);
    simulator.fails(Simulator.status(429, "", "retry-after", "3600"));
    assertThat(patience.ask(this::ask)).isInstanceOf(Failed.class);
    simulator.fails(Simulator.status(401, ""));
    assertThat(patience.ask(this::ask)).isInstanceOf(Failed.class);
    assertThat(waits).hasSize(2);
  }

  private Failed<Long> failed(Simulator.Fault fault) throws InterruptedException {
    simulator.fails(fault);
    return (Failed<Long>) ask();
  }

  private Answer<Long> ask() throws InterruptedException {
    return service.ask(QUESTION, json -> json.at("n").count());
  }

  private static String error(String type, String message) {
    return "{\"type\":\"error\",\"error\":{\"type\":\""
        + type
        + "\",\"message\":\""
        + message
        + "\"}}";
  }
}

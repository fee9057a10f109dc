package dev.claudometer.server.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.claudometer.server.otlp.Onward.Sent;
import dev.claudometer.server.otlp.PassThrough.Tally;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PassThroughTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Deque<Integer> answers = new ConcurrentLinkedDeque<>();
  private final CountDownLatch open = new CountDownLatch(1);
  private HttpServer collector;
  private PassThrough onward;

  private record Received(
      String path, String type, String encoding, String via, String authorization, String body) {}

  @BeforeEach
  void listen() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/", this::take);
    collector.start();
    onward =
        PassThrough.to(
            URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/otlp/"),
            Duration.ofMillis(1));
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestURI().getPath().endsWith("/slow")) {
        open.await();
      }
      var headers = exchange.getRequestHeaders();
      received.add(
          new Received(
              exchange.getRequestURI().toString(),
              headers.getFirst("Content-Type"),
              headers.getFirst("Content-Encoding"),
              headers.getFirst("Via"),
              headers.getFirst("Authorization"),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
      Integer answer = answers.poll();
      exchange.sendResponseHeaders(answer == null ? 200 : answer, -1);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void end() {
    open.countDown();
    onward.close();
    collector.stop(0);
  }

  @Test
  void bodyArrivesUnchangedAndWithoutAKey() throws Exception {
    onward.pass(new Sent("/x/v1/logs?a=b", "application/json", "gzip", "1.1 proxy", bytes("é")));
    until(() -> onward.tally().taken() == 1);
    Received only = received.getFirst();
    assertThat(only.path()).isEqualTo("/otlp/x/v1/logs?a=b");
    assertThat(only.type()).isEqualTo("application/json");
    assertThat(only.encoding()).isEqualTo("gzip");
    assertThat(only.via()).startsWith("1.1 proxy, 1.1 claudometer-");
    assertThat(only.authorization()).isNull();
    assertThat(only.body()).isEqualTo("é");
  }

  /// Somebody sends on to themselves.
  @Test
  void whatCameFromHereIsNotSentOnAgain() throws Exception {
    onward.pass(new Sent("/v1/logs", "application/json", null, "", bytes("1")));
    until(() -> onward.tally().taken() == 1);
    onward.pass(
        new Sent("/v1/logs", "application/json", null, received.getFirst().via(), bytes("1")));
    onward.pass(new Sent("/v1/logs", "application/json", null, "", bytes("2")));
    until(() -> onward.tally().taken() == 2);
    assertThat(received).extracting(Received::body).containsExactly("1", "2");
  }

  @Test
  void bodyThatMayBeTakenLaterIsSentAgainAndOneThatIsRefusedIsNot() throws Exception {
    answers.addAll(List.of(503, 429, 200, 400, 200));
    for (String body : List.of("1", "2", "3")) {
      onward.pass(new Sent("/v1/logs", "application/json", null, "", bytes(body)));
    }
    until(() -> onward.tally().taken() == 2);
    assertThat(received).extracting(Received::body).containsExactly("1", "1", "1", "2", "3");
    assertThat(onward.tally()).isEqualTo(new Tally(2, 1, 0));
  }

  /// One of 1,000 bodies is on its way or waits, and there is room for 1,000 that wait.
  @Test
  void collectorThatStandsStillCostsABoundedMemory() throws Exception {
    onward.pass(new Sent("/slow", "application/json", null, "", bytes("first")));
    for (int i = 0; i < 1_500; i++) {
      onward.pass(new Sent("/v1/logs", "application/json", null, "", bytes("x")));
    }
    assertThat(onward.tally().dropped()).isBetween(500L, 501L);
    open.countDown();
    until(() -> onward.tally().taken() + onward.tally().dropped() == 1_501);
  }

  @Test
  void largeBodiesAreBoundedBySize() {
    onward.pass(
        new Sent("/slow", "application/json", null, "", ByteString.copyFrom(new byte[10 << 20])));
    onward.pass(
        new Sent("/slow", "application/json", null, "", ByteString.copyFrom(new byte[10 << 20])));
    assertThat(onward.tally()).isEqualTo(new Tally(0, 0, 1));
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(5);
    }
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }
}

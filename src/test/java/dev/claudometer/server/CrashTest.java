package dev.claudometer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.EventKey;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.server.CrashingServer.Step;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.sqlite.SqliteStore;
import dev.claudometer.usage.Copies;
import dev.claudometer.usage.Events;
import dev.claudometer.wire.Delivery;
import dev.claudometer.wire.DeliveryWriter;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server process that ends at any step of what it does loses nothing and counts nothing twice.
@Tag("process")
class CrashTest {

  /// `-Pnightly` has more.
  private static final int CRASHES = Integer.getInteger("crashes", 12);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<EventKey, UsageEvent> truth = new HashMap<>();
  private @Nullable Process process;
  private int port;
  private int crashes;

  @AfterEach
  void stop() {
    client.close();
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void nothingIsLostOrDoubledWhereverTheServerEnds(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("server.db");
    startArmed(file);
    var random = new Random(7);
    while (crashes < CRASHES) {
      deliverUntilAnswered(file, batch(random));
    }
    stop();
    check(file);
  }

  private void start(Path file, Step step, int count) throws IOException {
    if (process != null) {
      process.destroyForcibly();
    }
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            CrashingServer.class.getName(),
            file.toString(),
            step.name(),
            Integer.toString(count));
    Process started =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process = started;
    BufferedReader out = started.inputReader();
    String line = out.readLine();
    assertThat(line).startsWith("port ");
    port = Integer.parseInt(line.substring("port ".length()));
  }

  /// Starts a server that will end at one of the steps, soon.
  private void startArmed(Path file) throws IOException {
    var random = new Random(crashes);
    Step step = Step.values()[crashes % 3];
    start(file, step, 1 + random.nextInt(3));
  }

  /// As an agent does: again and again until the server says that it has it.
  private void deliverUntilAnswered(Path file, List<UsageEvent> batch) throws Exception {
    while (true) {
      try {
        if (deliver(batch) == 200) {
          return;
        }
      } catch (IOException died) {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(137);
        crashes++;
        startArmed(file);
      }
    }
  }

  private int deliver(List<UsageEvent> batch) throws IOException, InterruptedException {
    batch.forEach(event -> truth.merge(event.key(), event, Copies::join));
    var body = new ByteArrayOutputStream();
    DeliveryWriter.write(Delivery.of("test", batch, List.of()), body);
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/events"))
            .timeout(Duration.ofSeconds(30))
            .header("X-Device-Key", CrashingServer.KEY)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static List<UsageEvent> batch(Random random) {
    int size = 1 + random.nextInt(40);
    Map<EventKey, UsageEvent> batch = new HashMap<>();
    for (int i = 0; i < size; i++) {
      UsageEvent event = Events.random(random, Events.randomKey(random, 5_000));
      batch.put(event.key(), event);
    }
    return List.copyOf(batch.values());
  }

  private void check(Path file) {
    try (var store = SqliteStore.open(file, PriceBook::builtIn)) {
      assertThat(
              new HashSet<>(
                  store.events(new EventFilter.Within(TimeRange.ALL)).stream()
                      .map(StoredEvent::event)
                      .toList()))
          .isEqualTo(new HashSet<>(truth.values()));
      assertThat(store.verify()).isEmpty();
    }
  }
}

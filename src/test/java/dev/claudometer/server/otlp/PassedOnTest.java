package dev.claudometer.server.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.claudometer.ingest.Gate;
import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.server.otlp.PassThrough.Tally;
import dev.claudometer.server.otlp.Sender.Form;
import dev.claudometer.server.otlp.Sender.Saying;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients send to the receiver is sent on as it came, and whatever becomes of it there is
/// nothing to them.
@Tag("long")
class PassedOnTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory = Path.of("");
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch open = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile int status = 200;
  private volatile boolean slow;
  private HttpServer collector;
  private PassThrough onward;
  private UsageStore store;
  private Receiver receiver;
  private Sender client;

  private record Received(String path, String type, @Nullable String encoding, String body) {}

  @BeforeEach
  void listen() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.setExecutor(threads);
    collector.createContext("/", this::take);
    collector.start();
    store = SqliteStore.open(directory.resolve("store.db"), PriceBook::builtIn);
    begin(collector.getAddress().getPort());
  }

  private void begin(int port) {
    onward = PassThrough.to(URI.create("http://127.0.0.1:" + port), Duration.ofMillis(1));
    var intake =
        new TelemetryIntake(
            (device, come) -> {
              var gate = new Gate(store, device);
              gate.accept(come);
              gate.flush();
            },
            onward,
            Stamps.NONE);
    receiver = Receiver.ofThisMachine(new Ports(0, 0), intake, (_, _) -> DeviceId.THIS);
    client = new Sender(receiver);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      var headers = exchange.getRequestHeaders();
      received.add(
          new Received(
              exchange.getRequestURI().toString(),
              headers.getFirst("Content-Type"),
              headers.getFirst("Content-Encoding"),
              text(body)));
      if (slow) {
        open.await();
      }
      exchange.sendResponseHeaders(status, -1);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @AfterEach
  void end() {
    open.countDown();
    stop();
    collector.stop(0);
    threads.close();
    store.close();
  }

  private void stop() {
    client.close();
    receiver.close();
    onward.close();
  }

  /// gRPC goes on as OTLP/HTTP's protobuf, which is the same message.
  @ParameterizedTest
  @EnumSource(Form.class)
  void bytesTypeAndEncodingAreWhatTheClientSent(Form form) throws Exception {
    List<Saying> all = List.of(Saying.call("req_1", 500), Saying.commits(2), Saying.spans());
    for (Saying saying : all) {
      assertThat(client.send(form, saying).status()).isEqualTo(200);
    }
    until(() -> onward.tally().taken() == 3);
    boolean zipped = form == Form.ZIPPED_JSON || form == Form.ZIPPED_PROTOBUF;
    for (int i = 0; i < all.size(); i++) {
      Saying saying = all.get(i);
      byte[] body = form.json() ? saying.json() : saying.binary().toByteArray();
      assertThat(received.get(i))
          .isEqualTo(
              new Received(
                  "/v1/" + saying.signal(),
                  form.json() ? "application/json" : "application/x-protobuf",
                  zipped ? "gzip" : null,
                  text(zipped ? Sender.gzip(body) : body)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 404, 413, 429, 500, 503})
  void collectorThatRefusesIsNothingToTheClient(int refusal) throws Exception {
    status = refusal;
    for (Form form : Form.values()) {
      assertThat(client.send(form, Saying.call("req_" + form, 500)).status()).isEqualTo(200);
    }
    assertThat(output()).isEqualTo(500L * Form.values().length);
    until(() -> onward.tally().equals(new Tally(0, Form.values().length, 0)));
  }

  @Test
  void collectorThatIsNotThereIsNothingToTheClient() throws Exception {
    stop();
    begin(1);
    for (Form form : Form.values()) {
      assertThat(client.send(form, Saying.call("req_" + form, 500)).status()).isEqualTo(200);
    }
    assertThat(output()).isEqualTo(500L * Form.values().length);
    until(() -> onward.tally().failed() == Form.values().length);
  }

  /// It holds its first answer back until the end, while more comes than has room.
  @Test
  void collectorThatStandsStillIsNothingToTheClient() throws Exception {
    slow = true;
    String large = "{\"resourceSpans\":[],\"x\":\"" + "y".repeat(6 << 20) + "\"}";
    var spans = new Saying("traces", large.getBytes(UTF_8), Saying.spans().binary());
    for (int i = 0; i < 4; i++) {
      assertThat(client.send(Form.JSON, spans).status()).isEqualTo(200);
    }
    for (Form form : Form.values()) {
      assertThat(client.send(form, Saying.call("req_" + form, 500)).status()).isEqualTo(200);
    }
    assertThat(output()).isEqualTo(500L * Form.values().length);
    assertThat(onward.tally()).isEqualTo(new Tally(0, 0, 2));
  }

  private long output() {
    return store.sums(TimeRange.ALL, Set.of()).stream()
        .mapToLong(slice -> slice.totals().tokens().output())
        .sum();
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(5);
    }
  }
}

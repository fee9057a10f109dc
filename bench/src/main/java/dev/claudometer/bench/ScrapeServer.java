package dev.claudometer.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Fills a server with 100 machines x 20 projects x 5 models, and says how long scrapes of it take.
/// Before each scrape something is delivered, so that none can be answered from the one before.
///
/// Arguments: URL, set-up token or `-`, events to add, number of the first event. The machines' keys
/// are kept in `bench-scrape-keys.txt` for the next run on the same server.
public final class ScrapeServer {

  private static final int MACHINES = 100;
  private static final int PROJECTS = 20;
  private static final int BATCH = 1_000;
  private static final int EVENTS_A_SESSION = 60;
  private static final int DAYS = 92;
  private static final int SCRAPES = 97;
  private static final int A_MINUTE = 97;
  private static final String[] MODELS = {
    "claude-opus-5-5",
    "claude-sonnet-4-6",
    "claude-haiku-4-5-20251001",
    "claude-opus-4-6",
    "claude-sonnet-5"
  };

  private final String url;
  private final Instant first;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> keys = new ArrayList<>();
  private long asked;
  private long minute;

  private ScrapeServer(String url, Instant first) {
    this.url = url;
    this.first = first;
  }

  public static void main(String... arguments) throws Exception {
    Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
    var bench = new ScrapeServer(arguments[0], today.minus(Duration.ofDays(DAYS - 1)));
    bench.enter(arguments[1]);
    long events = Long.parseLong(arguments[2]);
    long from = Long.parseLong(arguments[3]);
    bench.fill(from / BATCH, events / BATCH);
    long next = (from + events) / BATCH;
    next = bench.scrape("to warm up", "identity", next, 90);
    next = bench.scrape("plain", "identity", next, SCRAPES);
    bench.scrape("gzip", "gzip", next, SCRAPES);
    bench.client.close();
  }

  private void enter(String token) throws IOException, InterruptedException {
    Path known = Path.of("bench-scrape-keys.txt");
    if (Files.exists(known)) {
      keys.addAll(Files.readAllLines(known));
      return;
    }
    String cookie =
        post(
                "/api/v1/setup",
                "{\"token\":\"" + token + "\",\"name\":\"owner\",\"password\":\"a bench's password\"}")
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow()
            .replaceAll(";.*", "");
    for (int machine = 0; machine < MACHINES; machine++) {
      String registered =
          post(
                  "/api/devices/register",
                  "{\"name\":\"machine-" + machine + "\",\"hostname\":\"host-" + machine + "\"}",
                  "Cookie",
                  cookie,
                  "Sec-Fetch-Site",
                  "same-origin",
                  "X-Forwarded-For",
                  "10.0.0." + machine)
              .body();
      keys.add(registered.replaceAll(".*\"apiKey\":\"([^\"]+)\".*", "$1"));
    }
    Files.write(known, keys);
  }

  private void fill(long firstBatch, long batches) throws IOException, InterruptedException {
    long began = System.nanoTime();
    for (long n = firstBatch; n < firstBatch + batches; n++) {
      deliver(n, BATCH);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(Locale.ROOT, "%d events delivered in %.0f s%n", batches * BATCH, seconds);
  }

  private long scrape(String name, String encoding, long firstBatch, int scrapes)
      throws IOException, InterruptedException {
    long[] nanos = new long[scrapes];
    long bytes = 0;
    for (int i = 0; i < scrapes; i++) {
      waitForTheLimit();
      deliver(firstBatch + i, 10);
      long began = System.nanoTime();
      bytes = read(encoding);
      nanos[i] = System.nanoTime() - began;
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%d scrapes, %s: p50 %.1f ms, p99 %.1f ms, longest %.1f ms; %,d bytes%n",
        scrapes,
        name,
        nanos[scrapes / 2] / 1e6,
        nanos[scrapes * 99 / 100] / 1e6,
        nanos[scrapes - 1] / 1e6,
        bytes);
    return firstBatch + scrapes;
  }

  /// Reads an answer and throws it away: the time is the server's, not that of a client that keeps
  /// it.
  ///
  /// @return how many bytes it was
  private long read(String encoding) throws IOException {
    URI server = URI.create(url);
    try (var socket = new Socket(server.getHost(), server.getPort())) {
      String request =
          "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept-Encoding: "
              + encoding
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      InputStream in = socket.getInputStream();
      var buffer = new byte[64 << 10];
      int first = in.read(buffer);
      String status = new String(buffer, 0, Math.max(0, first), UTF_8);
      if (!status.startsWith("HTTP/1.1 200")) {
        throw new IOException(status);
      }
      long bytes = first;
      for (int more = in.read(buffer); more >= 0; more = in.read(buffer)) {
        bytes += more;
      }
      return bytes;
    }
  }

  /// The server answers a hundred requests a minute.
  private void waitForTheLimit() throws InterruptedException {
    if (asked++ % A_MINUTE == 0) {
      long left = minute + 61_000_000_000L - System.nanoTime();
      Thread.sleep(Duration.ofNanos(asked == 1 ? 0 : Math.max(0, left)));
      minute = System.nanoTime();
    }
  }

  private void deliver(long number, int size) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        post(
            "/api/v1/events",
            batch(number, size),
            "X-Device-Key",
            keys.get((int) (number % MACHINES)));
    if (answer.statusCode() != 200) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
  }

  /// A machine's events follow each other session by session, each in another project, after all
  /// projects with another model.
  private String batch(long number, int size) {
    var random = new Random(number);
    var json = new StringBuilder(size * 700);
    json.append("{\"protocol\":1,\"agent\":\"claudometer/bench\",\"observations\":[");
    for (int i = 0; i < size; i++) {
      json.append(i == 0 ? "" : ",");
      event(json, random, number % MACHINES, number / MACHINES * BATCH + i);
    }
    return json.append("]}").toString();
  }

  private void event(StringBuilder json, Random random, long machine, long event) {
    long session = event / EVENTS_A_SESSION;
    Instant at =
        first.plusSeconds(
            session % DAYS * 86_400 + session / DAYS % 8 * 3600 + event % EVENTS_A_SESSION * 40);
    String name = "%04x%04x-1111-4222-8333-%012x".formatted(machine, session % 65_536, session);
    String file = "/home/dev/.claude/projects/p/" + name + ".jsonl";
    json.append("{\"type\":\"usage\",\"message\":\"msg_01").append(Long.toHexString(random.nextLong()));
    json.append(Long.toHexString(random.nextLong())).append("\",\"request\":\"req_011C");
    json.append(Long.toHexString(random.nextLong())).append("\",\"at\":\"").append(at);
    json.append("\",\"model\":\"").append(MODELS[(int) (session / PROJECTS % MODELS.length)]);
    json.append("\",\"input\":").append(random.nextInt(50)).append(",\"output\":").append(random.nextInt(2_000));
    json.append(",\"cacheWrite5m\":").append(random.nextInt(9_000)).append(",\"cacheRead\":").append(random.nextInt(150_000));
    json.append(",\"stopReason\":\"tool_use\",\"session\":\"").append(name);
    json.append("\",\"project\":\"-home-dev-project-").append(session % PROJECTS).append("\",\"branch\":\"main");
    json.append("\",\"attributedAt\":\"").append(at).append("\",\"attributedFile\":\"").append(file);
    json.append("\",\"attributedOffset\":").append(event % EVENTS_A_SESSION * 9_000);
    json.append(",\"file\":\"").append(file).append("\",\"offset\":").append(event % EVENTS_A_SESSION * 9_000 + 800);
    json.append(",\"tools\":[{\"id\":\"toolu_").append(Long.toHexString(random.nextLong())).append("\",\"name\":\"Bash\"}]}");
  }

  private HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type", "application/json");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(
        request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }
}

package dev.claudometer.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Fills a server as many agents would, and says how long its answers took.
///
/// Arguments: URL, set-up token, events in all, events a batch, clients, events a second (0: as
/// many as it takes), number of the first event, `ask` to time queries afterwards. The machines'
/// keys are kept in `bench-keys.txt` for the next run on the same server. Bodies are made before
/// the clock starts, some 700 bytes of memory for each event: the two share their processors.
public final class LoadServer {

  private static final int MACHINES = 50;
  private static final int EVENTS_A_SESSION = 60;
  private static final Instant FIRST = Instant.parse("2026-08-20T08:00:00Z");
  private static final String[] MODELS = {
    "claude-opus-5-5", "claude-sonnet-4-6", "claude-haiku-4-5-20251001", "claude-opus-4-6"
  };
  private static final String[] TOOLS = {"Bash", "Read", "Edit", "Grep", "WebFetch"};

  private final String url;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> keys = new ArrayList<>();
  private String cookie = "";

  private LoadServer(String url) {
    this.url = url;
  }

  public static void main(String... arguments) throws Exception {
    var load = new LoadServer(arguments[0]);
    load.enter(arguments[1]);
    long events = Long.parseLong(arguments[2]);
    int batch = Integer.parseInt(arguments[3]);
    int clients = Integer.parseInt(arguments[4]);
    long rate = Long.parseLong(arguments[5]);
    long first = Long.parseLong(arguments[6]);
    if (events > 0) {
      load.fill(first, events, batch, clients, rate);
    }
    if (arguments.length > 7) {
      load.ask("overview", "/api/v1/overview?from=2026-08-01&to=2026-11-30");
      load.ask("sessions", "/api/v1/sessions?limit=50");
      load.ask("sessions by cost", "/api/v1/sessions?limit=50&sort=cost");
    }
    load.client.close();
  }

  private void enter(String token) throws IOException, InterruptedException {
    String password = "a password for the bench";
    String body =
        token.startsWith("st_")
            ? "{\"token\":\"" + token + "\",\"name\":\"owner\",\"password\":\"" + password + "\"}"
            : "{\"name\":\"owner\",\"password\":\"" + password + "\"}";
    HttpResponse<String> answer =
        post(token.startsWith("st_") ? "/api/v1/setup" : "/api/v1/login", body, "Accept", "*/*");
    cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    Path known = Path.of("bench-keys.txt");
    if (Files.exists(known)) {
      keys.addAll(Files.readAllLines(known));
      return;
    }
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

  private void fill(long first, long events, int batch, int clients, long rate) throws Exception {
    var next = new AtomicLong();
    long batches = events / batch;
    long[] nanos = new long[(int) batches];
    var refused = new AtomicLong();
    byte[][] bodies = new byte[(int) batches][];
    Arrays.setAll(bodies, n -> batch(first / batch + n, batch));
    long cpuBefore = cpuNanos();
    long began = System.nanoTime();
    try (var pool = Executors.newFixedThreadPool(clients)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        all.add(
            pool.submit(
                () -> {
                  for (long n = next.getAndIncrement(); n < batches; n = next.getAndIncrement()) {
                    wait(began, n, batch, rate);
                    nanos[(int) n] = deliver(first / batch + n, bodies[(int) n], refused);
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%d events in %.1f s: %.0f events/s; answers p50 %.1f ms, p99 %.1f ms, longest %.1f ms; %d refused; %.1f s of CPU here%n",
        batches * batch,
        seconds,
        batches * batch / seconds,
        at(nanos, 0.5),
        at(nanos, 0.99),
        at(nanos, 1),
        refused.get(),
        (cpuNanos() - cpuBefore) / 1e9);
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private static void wait(long began, long batchNumber, int batch, long rate)
      throws InterruptedException {
    if (rate > 0) {
      long due = began + (long) (batchNumber * batch * 1e9 / rate);
      long left = due - System.nanoTime();
      if (left > 0) {
        Thread.sleep(Duration.ofNanos(left));
      }
    }
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1e6;
  }

  /// Sends one batch until it is taken. With the plainest client that the JDK has: the other one
  /// takes more of the processors than all else here.
  private long deliver(long number, byte[] body, AtomicLong refused)
      throws IOException, InterruptedException {
    while (true) {
      long began = System.nanoTime();
      var connection =
          (HttpURLConnection) URI.create(url + "/api/v1/events").toURL().openConnection();
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setRequestProperty("X-Device-Key", keys.get((int) (number % MACHINES)));
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(body.length);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
      int status = connection.getResponseCode();
      try (InputStream in =
          status == 200 ? connection.getInputStream() : connection.getErrorStream()) {
        byte[] answer = in.readAllBytes();
        if (status == 200) {
          return System.nanoTime() - began;
        }
        if (status != 503) {
          throw new IOException(status + " " + new String(answer, UTF_8));
        }
      }
      refused.incrementAndGet();
      Thread.sleep(50);
    }
  }

  private static byte[] batch(long number, int size) {
    var random = new Random(number);
    var json = new StringBuilder(size * 700);
    json.append("{\"protocol\":1,\"agent\":\"claudometer/bench\",\"observations\":[");
    for (int i = 0; i < size; i++) {
      long event = number * size + i;
      json.append(i == 0 ? "" : ",");
      event(json, random, number, event);
    }
    return json.append("]}").toString().getBytes(UTF_8);
  }

  private static void event(StringBuilder json, Random random, long batch, long event) {
    long session = event / EVENTS_A_SESSION;
    long machine = batch % MACHINES;
    Instant at =
        FIRST.plusSeconds(
            session % 90 * 86_400 + session / 90 % 8 * 3600 + event % EVENTS_A_SESSION * 40);
    String name =
        "%08x-1111-4222-8333-%012x".formatted(session * 2_654_435_761L & 0xFFFFFFFFL, session);
    String file =
        "/home/dev"
            + machine
            + "/.claude/projects/-home-dev-project-"
            + session % 40
            + "/"
            + name
            + ".jsonl";
    json.append("{\"type\":\"usage\",\"message\":\"msg_01")
        .append(id(random))
        .append("\",\"request\":\"req_011C")
        .append(id(random));
    json.append("\",\"at\":\"")
        .append(at)
        .append("\",\"model\":\"")
        .append(MODELS[(int) (session % 7 % 4)]);
    json.append("\",\"input\":")
        .append(random.nextInt(50))
        .append(",\"output\":")
        .append(random.nextInt(2_000));
    json.append(",\"cacheWrite5m\":")
        .append(random.nextInt(9_000))
        .append(",\"cacheRead\":")
        .append(random.nextInt(150_000));
    json.append(
            ",\"serviceTier\":\"standard\",\"inferenceGeo\":\"not_available\",\"stopReason\":\"tool_use\",\"session\":\"")
        .append(name);
    json.append("\",\"project\":\"-home-dev-project-")
        .append(session % 40)
        .append("\",\"branch\":\"")
        .append(session % 3 == 0 ? "main" : "feature/" + session % 11);
    json.append("\",\"attributedAt\":\"")
        .append(at)
        .append("\",\"attributedFile\":\"")
        .append(file)
        .append("\",\"attributedOffset\":")
        .append(event % EVENTS_A_SESSION * 9_000);
    json.append(",\"file\":\"")
        .append(file)
        .append("\",\"offset\":")
        .append(event % EVENTS_A_SESSION * 9_000 + 800)
        .append(",\"tools\":[");
    if (event % 3 != 0) {
      json.append("{\"id\":\"toolu_01")
          .append(id(random))
          .append("\",\"name\":\"")
          .append(TOOLS[random.nextInt(TOOLS.length)])
          .append("\"}");
    }
    json.append("]}");
  }

  private static String id(Random random) {
    String letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789";
    var id = new StringBuilder(22);
    for (int i = 0; i < 22; i++) {
      id.append(letters.charAt(random.nextInt(letters.length())));
    }
    return id.toString();
  }

  /// Asks often enough for a ninety-ninth of a hundred, slowly enough for the server's limit.
  private void ask(String name, String path) throws IOException, InterruptedException {
    long[] nanos = new long[100];
    for (int i = 0; i < nanos.length; i++) {
      long began = System.nanoTime();
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(url + path)).header("Cookie", cookie).build(),
              BodyHandlers.ofString());
      nanos[i] = System.nanoTime() - began;
      if (answer.statusCode() == 429) {
        Thread.sleep(Duration.ofSeconds(61));
        i--;
      } else if (answer.statusCode() != 200) {
        throw new IOException(answer.statusCode() + " " + answer.body());
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT, "%s: p50 %.1f ms, p99 %.1f ms%n", name, at(nanos, 0.5), at(nanos, 0.98));
  }

  private HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url + path))
            .headers(headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}

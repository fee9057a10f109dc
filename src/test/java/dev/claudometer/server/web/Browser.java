package dev.claudometer.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;

/// A headless Chromium, driven over WebDriver.
@Tag("browser")
final class Browser implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");

  /// What axe-core may take for a large page on a busy machine.
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final String axe = axe();
  private final Process driver;
  private final String session;

  private Browser(Process driver, int port) {
    this.driver = driver;
    String base = "http://127.0.0.1:" + port + "/session";
    Map<String, Object> options =
        Map.of(
            "args",
            List.of("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"));
    Map<String, Object> wanted =
        Map.of(
            "goog:chromeOptions",
            options,
            "goog:loggingPrefs",
            Map.of("browser", "ALL"),
            "timeouts",
            Map.of("script", LONGEST.toMillis()));
    JsonNode made = send("POST", base, Map.of("capabilities", Map.of("alwaysMatch", wanted)));
    session = base + "/" + made.get("sessionId").asText();
  }

  /// Debian's packages `chromium` and `chromium-driver`.
  static boolean installed() {
    return Stream.of("chromium", "chromedriver")
        .allMatch(name -> Files.isExecutable(Path.of("/usr/bin", name)));
  }

  static Browser start() throws IOException {
    Process driver =
        new ProcessBuilder("/usr/bin/chromedriver", "--port=0").redirectErrorStream(true).start();
    BufferedReader out = driver.inputReader(UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      var port = PORT.matcher(line);
      if (port.find()) {
        return new Browser(driver, Integer.parseInt(port.group(1)));
      }
    }
    throw new IOException("chromedriver did not start");
  }

  void open(String address) {
    post("/url", Map.of("url", address));
  }

  String address() {
    return get("/url").asText();
  }

  void type(String selector, String text) {
    String element = element(selector);
    post("/element/" + element + "/clear", Map.of());
    post("/element/" + element + "/value", Map.of("text", text));
  }

  void click(String selector) {
    post("/element/" + element(selector) + "/click", Map.of());
  }

  /// Presses a key on an element.
  void press(String selector, String key) {
    post("/element/" + element(selector) + "/value", Map.of("text", key));
  }

  /// Says yes to what a page asks.
  void agree() {
    post("/alert/accept", Map.of());
  }

  /// Waits until the first element of a kind shows a text.
  void see(String selector, String text) {
    String script =
        "return document.querySelector(arguments[0])?.innerText.includes(arguments[1]) ?? false";
    waited(
        () -> run(script, selector, text).asBoolean() ? true : null, selector + " shows " + text);
  }

  /// The element, once it is there.
  private String element(String selector) {
    return waited(
        () -> {
          JsonNode found = post("/elements", Map.of("using", "css selector", "value", selector));
          return found.isEmpty() ? null : found.get(0).elements().next().asText();
        },
        selector);
  }

  /// Waits until a script says something else than null and false. While a page is left for
  /// another, what it looks for may not be there.
  JsonNode until(String script) {
    String patient = "try { " + script + " } catch (missing) { return null; }";
    return waited(
        () -> {
          JsonNode answer = run(patient);
          return answer.isNull() || answer.isBoolean() && !answer.asBoolean() ? null : answer;
        },
        script);
  }

  private interface Attempt<T> {
    @Nullable T make();
  }

  private static <T> T waited(Attempt<T> attempt, String what) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      T made = attempt.make();
      if (made != null) {
        return made;
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }
    throw new AssertionError("not there after " + PATIENCE.toSeconds() + " s: " + what);
  }

  JsonNode run(String script, String... arguments) {
    return post("/execute/sync", Map.of("script", script, "args", List.of(arguments)));
  }

  /// What axe-core finds serious or critical: rule and places.
  List<String> findings() {
    run(axe);
    return run("""
    return axe.run().then((found) => found.violations
      .filter((rule) => ['serious', 'critical'].includes(rule.impact))
      .map((rule) => rule.id + ': ' + rule.nodes.map((node) => node.target).join(', ')));
    """)
        .valueStream()
        .map(JsonNode::asText)
        .toList();
  }

  private static String axe() {
    try (InputStream in =
        Browser.class.getResourceAsStream(
            "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// What the page complained of: blocked by the policy, failed in a script. Advice on drawing is
  /// about axe-core, which reads the canvas.
  List<String> complaints() {
    return post("/se/log", Map.of("type", "browser"))
        .valueStream()
        .map(entry -> entry.get("message").asText())
        .filter(message -> !message.startsWith("rendering "))
        .toList();
  }

  void look(int width, int height, boolean dark) {
    cdp(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    Map<String, Object> scheme = new LinkedHashMap<>();
    scheme.put("name", "prefers-color-scheme");
    scheme.put("value", dark ? "dark" : "light");
    cdp("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
  }

  byte[] picture() {
    return Base64.getDecoder().decode(get("/screenshot").asText());
  }

  private void cdp(String command, Map<String, ?> parameters) {
    post("/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
  }

  private JsonNode get(String path) {
    return send("GET", session + path, null);
  }

  private JsonNode post(String path, Map<String, ?> body) {
    return send("POST", session + path, body);
  }

  private JsonNode send(String method, String address, @Nullable Map<String, ?> body) {
    try {
      var content =
          body == null
              ? BodyPublishers.noBody()
              : BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
      var request =
          HttpRequest.newBuilder(URI.create(address))
              .timeout(LONGEST.plusSeconds(10))
              .method(method, content)
              .build();
      var answer = client.send(request, BodyHandlers.ofByteArray());
      JsonNode value = json.readTree(answer.body()).get("value");
      if (answer.statusCode() != 200) {
        throw new AssertionError(address + " " + body + ": " + value);
      }
      return value;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public void close() {
    try {
      send("DELETE", session, null);
    } finally {
      driver.destroy();
      client.close();
    }
  }
}

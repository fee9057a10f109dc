package dev.claudometer.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.claudometer.wire.body.BodyDecoder;
import dev.claudometer.wire.body.BodyLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Stands between an agent and its server, loses what it is told to lose, and keeps what it has
/// seen.
public final class FaultyProxy implements AutoCloseable {

  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> bodies = new ArrayList<>();
  private volatile int target;
  private volatile Supplier<Fault> faults = () -> Fault.NONE;
  private volatile String answer = "";

  public FaultyProxy(int target) {
    this.target = target;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /// What happens to a request.
  public enum Fault {
    NONE,
    LOSE_REQUEST,
    LOSE_ANSWER,
    CUT_ANSWER,
    BUSY,
    REFUSE_KEY,
    REDIRECT,
    WEB_PAGE,
    TOO_LARGE,
    OLD_SERVER,
    NEWER_SERVER
  }

  public URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /// Where requests go from now on.
  public void target(int port) {
    target = port;
  }

  /// What happens to requests from now on.
  public void faults(Supplier<Fault> next) {
    faults = next;
  }

  /// The bodies that were sent to the events resource, decoded.
  public synchronized List<String> bodies() {
    return List.copyOf(bodies);
  }

  /// Forgets the bodies.
  public synchronized void forget() {
    bodies.clear();
  }

  /// The last answer that the server gave.
  public String answer() {
    return answer;
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    remember(exchange, body);
    Fault fault = faults.get();
    switch (fault) {
      case LOSE_REQUEST -> exchange.close();
      case BUSY -> {
        exchange.getResponseHeaders().add("Retry-After", "1");
        respond(exchange, 503, "{\"title\":\"Service Unavailable\",\"detail\":\"busy\"}");
      }
      case REFUSE_KEY -> respond(exchange, 401, "{\"detail\":\"no such key\"}");
      case REDIRECT -> {
        exchange.getResponseHeaders().add("Location", "http://localhost:1/elsewhere");
        respond(exchange, 308, "");
      }
      case WEB_PAGE -> respond(exchange, 200, "<html>Welcome to the hotel's network</html>");
      case TOO_LARGE -> {
        if (decoded(exchange, body).length() > 2_500) {
          respond(exchange, 413, "{\"detail\":\"too large\"}");
        } else {
          pass(exchange, body, fault);
        }
      }
      default -> pass(exchange, body, fault);
    }
  }

  private void pass(HttpExchange exchange, byte[] body, Fault fault) throws IOException {
    HttpResponse<String> response = forward(exchange, body);
    if (response == null || fault == Fault.LOSE_ANSWER) {
      exchange.close();
      return;
    }
    answer = response.body();
    response
        .headers()
        .firstValue("Retry-After")
        .ifPresent(seconds -> exchange.getResponseHeaders().add("Retry-After", seconds));
    String text =
        switch (fault) {
          case CUT_ANSWER -> answer.substring(0, answer.length() / 2);
          case OLD_SERVER -> answer.replaceFirst("\"store\":\"[^\"]*\",", "");
          case NEWER_SERVER -> answer.replaceFirst("\\{", "{\"mood\":[1,{}],");
          default -> answer;
        };
    respond(exchange, response.statusCode(), text);
  }

  /// Null where the server cannot be reached.
  private @Nullable HttpResponse<String> forward(HttpExchange exchange, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://localhost:" + target + exchange.getRequestURI().getPath()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    for (String header : List.of("Authorization", "Content-Type", "Content-Encoding")) {
      String value = exchange.getRequestHeaders().getFirst(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException unreachable) {
      return null;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private static void respond(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void remember(HttpExchange exchange, byte[] body) throws IOException {
    if (exchange.getRequestURI().getPath().equals("/api/v1/events")) {
      String text = decoded(exchange, body);
      synchronized (this) {
        bodies.add(text);
      }
    }
  }

  private static String decoded(HttpExchange exchange, byte[] body) throws IOException {
    try (var in =
        BodyDecoder.decode(
            new ByteArrayInputStream(body),
            exchange.getRequestHeaders().getFirst("Content-Encoding"),
            BodyLimits.DELIVERY)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    client.shutdownNow();
    threads.shutdownNow();
  }
}

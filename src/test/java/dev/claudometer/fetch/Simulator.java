package dev.claudometer.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A service on loopback that answers as a test says, and fails as it says.
public abstract class Simulator implements AutoCloseable {

  private final HttpServer http;
  private final Deque<Fault> faults = new ArrayDeque<>();

  /// What was asked, in order.
  public final List<Asked> asked = new CopyOnWriteArrayList<>();

  @SuppressWarnings("this-escape")
  protected Simulator() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    http.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
    http.createContext("/", this::handle);
    http.start();
  }

  /// A request.
  public record Asked(
      String path, Map<String, List<String>> parameters, Map<String, String> headers) {

    public String parameter(String name) {
      return parameters.getOrDefault(name, List.of("")).getFirst();
    }
  }

  /// An answer that is none.
  public interface Fault {
    void answer(HttpExchange exchange) throws IOException;
  }

  /// What is answered to a request that nothing goes wrong with.
  protected abstract String answer(Asked asked);

  /// The next request is answered so.
  public synchronized void fails(Fault fault) {
    faults.add(fault);
  }

  public static Fault status(int status, String body, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      send(exchange, status, body);
    };
  }

  /// Half an answer, then nothing.
  public static Fault cut() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write("{\"data\":[".getBytes(UTF_8));
      exchange.getResponseBody().flush();
      exchange.close();
    };
  }

  /// A body without end, as far as it is read.
  public static Fault huge(long bytes) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      byte[] part = "[1,2,3,4,5,6,7,8".repeat(1 << 12).getBytes(UTF_8);
      try (OutputStream out = exchange.getResponseBody()) {
        for (long sent = 0; sent < bytes; sent += part.length) {
          out.write(part);
        }
      }
    };
  }

  /// A [Refused] of [#answer] is a status.
  protected static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    public Refused(int status, String body) {
      super(body);
      this.status = status;
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    Asked question = question(exchange);
    asked.add(question);
    Fault fault;
    synchronized (this) {
      fault = faults.poll();
    }
    if (fault == null) {
      answerNow(exchange);
    } else {
      fault.answer(exchange);
    }
  }

  /// Nothing goes wrong this time.
  public void answerNow(HttpExchange exchange) throws IOException {
    try {
      send(exchange, 200, answer(question(exchange)));
    } catch (Refused refused) {
      send(exchange, refused.status, refused.getMessage());
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Asked question(HttpExchange exchange) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      String[] parts = pair.split("=", 2);
      parameters
          .computeIfAbsent(URLDecoder.decode(parts[0], UTF_8), _ -> new ArrayList<>())
          .add(URLDecoder.decode(parts[1], UTF_8));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return new Asked(exchange.getRequestURI().getPath(), parameters, headers);
  }

  public BaseUrl url() {
    return BaseUrl.of("http://localhost:" + http.getAddress().getPort());
  }

  @Override
  public void close() {
    http.stop(0);
  }
}

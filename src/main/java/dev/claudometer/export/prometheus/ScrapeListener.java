package dev.claudometer.export.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A small HTTP server that knows `/metrics` and `/healthz`.
public final class ScrapeListener implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.scrape");
  private static final int THREADS = 4;
  private static final int LONGEST_QUERY = 8_000;
  private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Scrapes scrapes;
  private final HttpServer server;
  private final ExecutorService threads;
  private final boolean loopback;

  private ScrapeListener(Scrapes scrapes, HttpServer server, boolean loopback) {
    this.scrapes = scrapes;
    this.server = server;
    this.loopback = loopback;
    threads =
        Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("scrape-", 0).factory());
  }

  /// Starts listening.
  ///
  /// @param port 0 for any free one
  /// @throws IOException where the address cannot be listened on
  public static ScrapeListener start(Scrapes scrapes, InetAddress address, int port)
      throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 0);
    var listener = new ScrapeListener(scrapes, server, address.isLoopbackAddress());
    server.setExecutor(listener.threads);
    server.createContext("/", listener::answer);
    server.start();
    return listener;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.getResponseHeaders().set("Cross-Origin-Resource-Policy", "same-origin");
      if (!admits(exchange.getRequestHeaders().getFirst("Host"))) {
        say(exchange, 421, "this exporter does not answer to that host name");
      } else if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        say(exchange, 405, "not with this method");
      } else {
        find(exchange);
      }
    } catch (RuntimeException unexpected) {
      LOG.log(System.Logger.Level.ERROR, "a scrape failed", unexpected);
    }
  }

  /// A page in a browser on this machine cannot make its name ours.
  private boolean admits(@Nullable String host) {
    return !loopback || (host != null && OWN_NAMES.contains(host.replaceFirst(":[0-9]*$", "")));
  }

  private void find(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case "/metrics" -> scrape(exchange);
      case "/healthz" -> say(exchange, 200, "ok");
      case "/" -> say(exchange, 200, "metrics are at /metrics");
      case null, default -> say(exchange, 404, "there is nothing here; metrics are at /metrics");
    }
  }

  private void scrape(HttpExchange exchange) throws IOException {
    try {
      Scrapes.Answer answer =
          scrapes.answer(
              exchange.getRequestHeaders().getFirst("Accept"),
              exchange.getRequestHeaders().getFirst("Accept-Encoding"),
              names(exchange.getRequestURI().getRawQuery()));
      exchange.getResponseHeaders().set("Vary", "Accept, Accept-Encoding");
      if (answer.gzip()) {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      }
      send(exchange, 200, answer.contentType(), answer.body(), answer.length());
    } catch (Scrapes.BadName wrong) {
      say(exchange, 422, String.valueOf(wrong.getMessage()));
    }
  }

  private static List<String> names(@Nullable String query) {
    List<String> names = new ArrayList<>();
    if (query != null && query.length() <= LONGEST_QUERY) {
      for (String parameter : query.split("&", -1)) {
        int equals = parameter.indexOf('=');
        if (equals > 0 && decoded(parameter.substring(0, equals)).equals("name[]")) {
          names.add(decoded(parameter.substring(equals + 1)));
        }
      }
    }
    return names;
  }

  /// What is no encoding stands for itself: as a name it is then refused.
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }

  private static void say(HttpExchange exchange, int status, String sentence) throws IOException {
    byte[] body = (sentence + "\n").getBytes(UTF_8);
    send(
        exchange, status, "text/plain; charset=utf-8", new ByteArrayInputStream(body), body.length);
  }

  private static void send(
      HttpExchange exchange, int status, String type, InputStream body, int length)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : length);
    if (!head) {
      body.transferTo(exchange.getResponseBody());
    }
  }

  @Override
  public void close() {
    server.stop(1);
    threads.shutdownNow();
  }
}

package dev.claudometer.server.otlp;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.claudometer.ingest.Overloaded;
import dev.claudometer.model.DeviceId;
import dev.claudometer.server.http.Body;
import dev.claudometer.server.http.BodyMemory;
import dev.claudometer.server.http.Problem;
import dev.claudometer.wire.body.BodyLimits;
import dev.claudometer.wire.body.UnusableBody;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/// OTLP over HTTP for this machine alone: with the JDK's own server, which takes a tenth of the
/// memory of the one that faces strangers.
final class LoopbackReceiver implements AutoCloseable {

  private static final Pattern SIGNAL = Pattern.compile(".*/v1/[^/]+/?");
  private static final int PATIENCE_SECONDS = 5;
  private static final long MOST_BYTES = BodyLimits.TELEMETRY.encodedBytes();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Signals signals;
  private final Senders senders;
  private final BodyPlaces places = BodyPlaces.ofThisProcess(MOST_BYTES);
  private final BodyMemory memory = BodyMemory.ofThisProcess();

  private LoopbackReceiver(InetSocketAddress address, Signals signals, Senders senders)
      throws IOException {
    this.signals = signals;
    this.senders = senders;
    server = HttpServer.create(address, 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /// Starts listening.
  ///
  /// @throws IOException where the address cannot be listened on
  static LoopbackReceiver start(InetSocketAddress address, Signals signals, Senders senders)
      throws IOException {
    var receiver = new LoopbackReceiver(address, signals, senders);
    receiver.server.start();
    return receiver;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answered(exchange));
    }
  }

  /// Its thread ends with the answer.
  private Signals.Answer answered(HttpExchange exchange) throws IOException {
    try {
      return answer(exchange);
    } catch (InterruptedException stopping) {
      return said(503, "this program is stopping");
    } catch (RuntimeException failure) {
      return Signals.failed(failure);
    }
  }

  private Signals.Answer answer(HttpExchange exchange) throws IOException, InterruptedException {
    boolean page = exchange.getRequestHeaders().containsKey("Origin");
    DeviceId device =
        senders.device(null, !page && exchange.getRemoteAddress().getAddress().isLoopbackAddress());
    if (device == null) {
      return said(401, "only this machine's own programs");
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      return said(405, "not with this method");
    }
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    Signals.Answer refused = Signals.unsupported(type);
    return refused == null ? taken(exchange, type, device) : refused;
  }

  private Signals.Answer taken(HttpExchange exchange, String type, DeviceId device)
      throws IOException, InterruptedException {
    BodyPlaces.Place place = places.take(device, Thread.currentThread()::interrupt);
    if (place == null) {
      return said(503, "too much comes at once");
    }
    try (place;
        BodyMemory.Share share = memory.share(device.text())) {
      Body body = Body.read(exchange.getRequestBody(), MOST_BYTES, share);
      return place.arrived() ? taken(exchange, type, device, body) : said(503, "others wait");
    } catch (Overloaded overloaded) {
      return said(503, "too much comes at once");
    } catch (Problem tooLarge) {
      return said(tooLarge.status(), String.valueOf(tooLarge.getMessage()));
    }
  }

  private Signals.Answer taken(HttpExchange exchange, String type, DeviceId device, Body body)
      throws IOException, InterruptedException {
    Headers headers = exchange.getRequestHeaders();
    String encoding = headers.getFirst("Content-Encoding");
    String via = headers.getFirst("Via");
    Signals.Answer answer;
    try (InputStream decoded = body.decoded(encoding, BodyLimits.TELEMETRY)) {
      answer = answer(exchange.getRequestURI().getPath(), type, decoded, device);
    } catch (UnusableBody unusable) {
      return Signals.unusable(unusable);
    }
    signals.pass(
        answer,
        () ->
            new Onward.Sent(
                exchange.getRequestURI().toString(),
                type,
                encoding,
                via == null ? "" : via,
                ByteString.copyFrom(body.sent())));
    return answer;
  }

  private Signals.Answer answer(String path, String type, InputStream body, DeviceId device)
      throws IOException, InterruptedException {
    if (path.matches(".*/v1/logs/?")) {
      return signals.logs(type, body, device).store();
    }
    if (path.matches(".*/v1/metrics/?")) {
      return signals.metrics(type, body, device).store();
    }
    return SIGNAL.matcher(path).matches()
        ? signals.heard(type, body)
        : said(404, "there is nothing here");
  }

  private static Signals.Answer said(int status, String why) {
    return new Signals.Answer(status, "text/plain; charset=utf-8", ByteString.copyFromUtf8(why));
  }

  private static void send(HttpExchange exchange, Signals.Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    if (answer.later()) {
      exchange.getResponseHeaders().set("Retry-After", Long.toString(Signals.AGAIN_SECONDS));
    }
    int length = answer.body().size();
    exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
    answer.body().writeTo(exchange.getResponseBody());
  }

  @Override
  public void close() {
    server.stop(PATIENCE_SECONDS);
    threads.close();
  }
}

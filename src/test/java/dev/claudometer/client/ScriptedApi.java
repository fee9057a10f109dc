package dev.claudometer.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.claudometer.model.TokenCounts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// Answers Claude Code's calls with a few words, and remembers what it said that each cost.
final class ScriptedApi implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OTHER = "req_other";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong numbers = new AtomicLong();
  private final Map<String, Answered> answered = new ConcurrentSkipListMap<>();
  private volatile String command = "";

  /// What a call was answered with.
  record Answered(String model, TokenCounts tokens) {}

  ScriptedApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// From now on each prompt is answered with this command for a shell, and what came of it with a
  /// few words.
  void asksToRun(String shellCommand) {
    command = shellCommand;
  }

  /// What was answered so far, by request id.
  Map<String, Answered> answered() {
    return Map.copyOf(answered);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] asked = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      if (!path.equals("/v1/messages")) {
        send(exchange, "application/json", OTHER, "{\"input_tokens\":1}");
        return;
      }
      answer(exchange, JSON.readTree(asked));
    }
  }

  /// Each call has numbers of its own: what is joined with the wrong call shows.
  private void answer(HttpExchange exchange, JsonNode asked) throws IOException {
    long number = numbers.incrementAndGet();
    String request = "req_scripted" + number;
    String model = asked.get("model").asText();
    var tokens = new TokenCounts(10 + number, 7 * number, 60 * number, 40 * number, 1_000 * number);
    answered.put(request, new Answered(model, tokens));
    Map<String, Object> message = message(number, model);
    if (asked.path("stream").asBoolean()) {
      message.put("usage", usage(tokens, 1));
      JsonNode said = asked.get("messages").get(asked.get("messages").size() - 1);
      boolean runs = !command.isEmpty() && !said.toString().contains("\"tool_result\"");
      send(exchange, "text/event-stream", request, stream(message, runs, usage(tokens)));
      return;
    }
    message.put("usage", usage(tokens));
    message.put("content", List.of(Map.of("type", "text", "text", "Done.")));
    message.put("stop_reason", "end_turn");
    send(exchange, "application/json", request, JSON.writeValueAsString(message));
  }

  private static Map<String, Object> message(long number, String model) {
    Map<String, Object> message = new HashMap<>();
    message.put("id", "msg_scripted" + number);
    message.put("type", "message");
    message.put("role", "assistant");
    message.put("model", model);
    message.put("content", List.of());
    message.put("stop_reason", null);
    message.put("stop_sequence", null);
    return message;
  }

  private static Map<String, Object> usage(TokenCounts tokens) {
    return usage(tokens, tokens.output());
  }

  private static Map<String, Object> usage(TokenCounts tokens, long output) {
    return Map.of(
        "input_tokens", tokens.input(),
        "output_tokens", output,
        "cache_read_input_tokens", tokens.cacheRead(),
        "cache_creation_input_tokens", tokens.cacheWrite(),
        "cache_creation",
            Map.of(
                "ephemeral_5m_input_tokens", tokens.cacheWrite5m(),
                "ephemeral_1h_input_tokens", tokens.cacheWrite1h()));
  }

  private String stream(Map<String, Object> message, boolean runs, Map<String, Object> usage)
      throws IOException {
    Map<String, Object> begun =
        runs
            ? Map.of(
                "type",
                "tool_use",
                "id",
                "toolu_scripted" + numbers,
                "name",
                "Bash",
                "input",
                Map.of())
            : Map.of("type", "text", "text", "");
    String input =
        JSON.writeValueAsString(Map.of("command", command, "description", "As was asked"));
    Map<String, Object> rest =
        runs
            ? Map.of("type", "input_json_delta", "partial_json", input)
            : Map.of("type", "text_delta", "text", "Done.");
    var stream = new StringBuilder();
    for (Map<String, Object> event :
        List.<Map<String, Object>>of(
            Map.of("type", "message_start", "message", message),
            Map.of("type", "content_block_start", "index", 0, "content_block", begun),
            Map.of("type", "content_block_delta", "index", 0, "delta", rest),
            Map.of("type", "content_block_stop", "index", 0),
            Map.of(
                "type",
                "message_delta",
                "delta",
                Map.of("stop_reason", "end_turn"),
                "usage",
                usage),
            Map.of("type", "message_stop"))) {
      stream.append("event: ").append(event.get("type"));
      stream.append("\ndata: ").append(JSON.writeValueAsString(event)).append("\n\n");
    }
    return stream.toString();
  }

  private static void send(HttpExchange exchange, String type, String request, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("request-id", request);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}

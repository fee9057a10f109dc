package dev.claudometer.source.planlimits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.Answer.Reason;
import dev.claudometer.json.BadJson;
import dev.claudometer.json.JsonValue;
import dev.claudometer.model.QuotaReadings;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Claude Code itself, asked by its control request `get_usage`: it sends no prompt, needs neither
/// cookie nor token from us, and renews its own login. It asks the service, so it is asked only
/// where a person wants it, and seldom.
///
/// @param program `claude`, or where it is
/// @param config `CLAUDE_CONFIG_DIR` for it, null for its usual place
/// @param time how long it may take
public record ClientUsage(String program, @Nullable Path config, Duration time) {

  private static final String REQUEST =
      """
      {"type":"control_request","request_id":"usage",\
      "request":{"subtype":"get_usage","skip_behaviors":true}}
      """;

  /// A session that is not kept, without hooks.
  private static final List<String> ARGUMENTS =
      List.of(
          "-p",
          "--input-format",
          "stream-json",
          "--output-format",
          "stream-json",
          "--verbose",
          "--no-session-persistence",
          "--settings",
          "{\"disableAllHooks\":true}");

  public Answer<QuotaReadings> ask(Instant now) throws InterruptedException {
    Process process;
    try {
      process = start();
    } catch (IOException notThere) {
      return failed(
          Reason.UNREACHABLE, "cannot be run: set CLAUDOMETER_CLAUDE to where Claude Code is");
    }
    try {
      return answer(process, now);
    } finally {
      // whatever it has started goes with it
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start() throws IOException {
    var command = new ProcessBuilder(program);
    command.command().addAll(ARGUMENTS);
    // no project's settings or instructions
    command.directory(new File(System.getProperty("java.io.tmpdir")));
    command.redirectError(Redirect.DISCARD);
    if (config != null) {
      command.environment().put("CLAUDE_CONFIG_DIR", config.toString());
    }
    return command.start();
  }

  private Answer<QuotaReadings> answer(Process process, Instant now) throws InterruptedException {
    var exchange = new FutureTask<>(() -> exchange(process));
    Thread thread = new Thread(exchange, "get_usage");
    thread.setDaemon(true);
    thread.start();
    try {
      JsonValue response = exchange.get(time.toMillis(), MILLISECONDS);
      return response == null
          ? failed(Reason.UNKNOWN, "ended without an answer: is it older than get_usage?")
          : read(response, now);
    } catch (TimeoutException late) {
      return failed(Reason.UNREACHABLE, "did not answer within " + time.toSeconds() + " seconds");
    } catch (ExecutionException broken) {
      return failed(Reason.UNREADABLE, "answered what cannot be read");
    } catch (BadJson bad) {
      return failed(Reason.UNREADABLE, "answered something unexpected: " + bad.getMessage());
    }
  }

  /// Its answer; null where it ends without one. Its input stays open until then, as that ends it.
  private static @Nullable JsonValue exchange(Process process) throws IOException {
    request(process);
    var lines = new BoundedLines(process.getInputStream());
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      JsonValue response = response(line);
      if (response != null) {
        return response;
      }
    }
    return null;
  }

  private static void request(Process process) {
    try {
      var input = process.outputWriter(UTF_8);
      input.write(REQUEST);
      input.flush();
    } catch (IOException ended) {
      // what it has said is read all the same
    }
  }

  /// The response in a line, null where it is about something else.
  private static @Nullable JsonValue response(byte[] line) {
    if (line.length == 0 || line[0] != '{') {
      return null;
    }
    try {
      JsonValue message = JsonValue.parse(line);
      JsonValue response = message.isObject() ? message.at("response") : message;
      boolean ours =
          message.isObject()
              && message.at("type").textOr("").equals("control_response")
              && response.isObject()
              && response.at("request_id").textOr("").equals("usage");
      return ours ? response : null;
    } catch (BadJson another) {
      return null;
    }
  }

  private Answer<QuotaReadings> read(JsonValue response, Instant now) {
    if (!response.at("subtype").textOr("").equals("success")) {
      return failed(
          Reason.BUSY, "could not tell: " + response.at("error").textOr("no reason given"));
    }
    JsonValue usage = response.at("response");
    if (!usage.at("rate_limits_available").truth(false)) {
      return failed(Reason.FORBIDDEN, "has no plan limits to tell: log in with a subscription");
    }
    return new Given<>(new UsageBody(now, "get_usage").read(usage.at("rate_limits")));
  }

  private Failed<QuotaReadings> failed(Reason reason, String what) {
    return new Failed<>(reason, "Claude Code ('" + program + "') " + what, null);
  }
}

package dev.claudometer.server.api;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the server says of itself, also while it says it.
public final class LogsApi {

  private static final int USUAL_LINES = 200;
  private static final int MOST_LINES = 2_000;
  private static final int LONGEST_WAIT_SECONDS = 25;

  /// Each waits on a thread of the server's.
  private static final int MOST_WAITING = 8;

  private final LogPage.Source log;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);

  LogsApi(LogPage.Source log) {
    this.log = log;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/logs",
            Access.ADMIN,
            "Lines of the server's log; 'wait' lets them come",
            this::logs),
        Route.delete("/api/v1/logs", Access.ADMIN, "Forget the log's lines", this::clear));
  }

  public LogPage logs(Call call) throws InterruptedException {
    long after = call.number("after", 0, Integer.MAX_VALUE);
    int wait = call.number("wait", 0, LONGEST_WAIT_SECONDS);
    if (wait > 0 && waiting.tryAcquire()) {
      try {
        log.await(after, Duration.ofSeconds(wait));
      } finally {
        waiting.release();
      }
    }
    return page(call, after);
  }

  private LogPage page(Call call, long after) {
    String level = call.query("level");
    String category = call.query("category");
    int limit = call.number("limit", USUAL_LINES, MOST_LINES);
    List<LogPage.Line> all = log.after(0);
    List<LogPage.Line> lines =
        all.stream()
            .filter(line -> line.number() > after)
            .filter(line -> level == null || line.level().equals(level))
            .filter(line -> category == null || line.category().equals(category))
            .toList();
    return new LogPage(
        lines.subList(Math.max(0, lines.size() - limit), lines.size()),
        counts(all, LogPage.Line::level),
        counts(all, LogPage.Line::category),
        all.isEmpty() ? after : Math.max(after, all.getLast().number()));
  }

  private static Map<String, Long> counts(
      List<LogPage.Line> lines, Function<LogPage.Line, String> by) {
    return lines.stream().collect(Collectors.groupingBy(by, Collectors.counting()));
  }

  private @Nullable Object clear(Call call) {
    log.clear();
    return null;
  }
}

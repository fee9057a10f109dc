package dev.claudometer.server.api.usage;

import dev.claudometer.reconcile.ClosedMonth;
import dev.claudometer.reconcile.MonthClosing;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.registry.Registry;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Months that are closed.
public final class ClosingApi {

  private final MonthClosing closing;
  private final Registry registry;

  public ClosingApi(MonthClosing closing, Registry registry) {
    this.closing = closing;
    this.registry = registry;
  }

  /// Which month to close.
  public record CloseRequest(@Nullable String month) {}

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/reconcile/closed",
            Access.FINANCE,
            "When a month was closed, and what is not as it was then",
            this::closed),
        Route.post(
            "/api/v1/reconcile/close",
            Access.FINANCE,
            "Close a month: its days are sealed, and what changes later is a correction",
            this::close));
  }

  public ClosedMonth closed(Call call) {
    return closed(month(call.query("month")), call.now());
  }

  /// When a month was closed, and what is not as it was then.
  public ClosedMonth closed(YearMonth month, Instant now) {
    return closing.closed(month, now);
  }

  public ClosedMonth close(Call call) throws IOException {
    YearMonth month = month(call.body(CloseRequest.class).month());
    MonthClosing.Outcome outcome =
        registry.change(
            call.deed("month.close", month.toString(), ""),
            () -> {
              MonthClosing.Outcome made = closing.close(month, call.actor(), call.now());
              if (!made.obstacle().isEmpty()) {
                throw Problem.of(409, made.obstacle());
              }
              return made;
            });
    return outcome.month();
  }

  private static YearMonth month(@Nullable String text) {
    try {
      return YearMonth.parse(text == null ? "" : text);
    } catch (DateTimeException wrong) {
      throw Problem.of(422, "'month' has to be a month such as 2026-11");
    }
  }
}

package dev.claudometer.cli.text.status;

import dev.claudometer.cli.text.Style;
import dev.claudometer.model.CreditReading;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Claude Code writes to its status line command.
///
/// @param values the JSON's scalar values by path
public record StatusInput(Map<String, String> values) {

  private static final String NUMBER = "\\d{1,9}(\\.\\d{1,30})?";
  private static final String LIMITS = "rate_limits.";
  private static final String USED = ".used_percentage";

  /// No window is longer.
  private static final Duration LONGEST = Duration.ofDays(366);

  /// `Opus 5.5 (high)`.
  public String model() {
    String name =
        values.getOrDefault("model.display_name", values.getOrDefault("model.id", "Claude"));
    String effort = values.getOrDefault("effort.level", "");
    return effort.isEmpty() ? name : name + " (" + effort + ")";
  }

  public SessionId session() {
    return new SessionId(values.getOrDefault("session_id", ""));
  }

  public String transcript() {
    return values.getOrDefault("transcript_path", "");
  }

  public String directory() {
    return values.getOrDefault("workspace.current_dir", values.getOrDefault("cwd", ""));
  }

  /// What Claude Code says the session cost; a fork's with what its parent had cost.
  public @Nullable Usd cost() {
    return dollars("cost.total_cost_usd");
  }

  public @Nullable StatusContext context() {
    return StatusContext.of(values);
  }

  /// `rate_limits.<window>.used_percentage` and `.resets_at` (epoch seconds), for whatever windows
  /// there are.
  public List<LimitReading> readings(Instant now) {
    return values.keySet().stream()
        .filter(path -> path.startsWith(LIMITS) && path.endsWith(USED))
        .filter(path -> values.getOrDefault(path, "").matches(NUMBER))
        .sorted()
        .map(path -> path.substring(LIMITS.length(), path.length() - USED.length()))
        .map(window -> reading(window, now))
        .toList();
  }

  private LimitReading reading(String window, Instant now) {
    double percent = Double.parseDouble(values.getOrDefault(LIMITS + window + USED, "0"));
    return new LimitReading(
        window, percent / 100, resetsAt(window, now), now, LimitReading.STATUS_LINE, session());
  }

  private @Nullable Instant resetsAt(String window, Instant now) {
    long seconds = StatusContext.number(values.get(LIMITS + window + ".resets_at"));
    Instant at = Instant.ofEpochSecond(Math.min(seconds, Integer.MAX_VALUE * 100L));
    return seconds == 0 || at.isAfter(now.plus(LONGEST)) ? null : at;
  }

  /// ` ($12.60 of $20.00)` of a window that is counted in dollars, else nothing.
  String money(String window) {
    Usd used = dollars(LIMITS + window + ".used_usd");
    Usd limit = dollars(LIMITS + window + ".limit_usd");
    if (used == null) {
      return "";
    }
    Style plain = new Style(0, false, false, null);
    return " (" + plain.dollars(used) + (limit == null ? "" : " of " + plain.dollars(limit)) + ")";
  }

  /// What a window that is counted in dollars has used up; null where it is counted otherwise. To
  /// the minute: a status line tells the same several times a second.
  public @Nullable CreditReading credit(String window, Instant now) {
    Usd used = dollars(LIMITS + window + ".used_usd");
    return used == null
        ? null
        : new CreditReading(
            "claude." + window,
            dollars(LIMITS + window + ".limit_usd"),
            used,
            now.truncatedTo(ChronoUnit.MINUTES),
            LimitReading.STATUS_LINE);
  }

  private @Nullable Usd dollars(String path) {
    String text = values.get(path);
    return text != null && text.matches(NUMBER) ? Usd.of(new BigDecimal(text)) : null;
  }
}

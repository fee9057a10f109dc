package dev.claudometer.source.planlimits;

import dev.claudometer.json.BadJson;
import dev.claudometer.json.JsonValue;
import dev.claudometer.model.CreditReading;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.QuotaReadings;
import dev.claudometer.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what claude.ai, the OAuth endpoint and Claude Code's cache all say in the same form.
/// Windows are data: whatever has a `utilization` is one, whatever its name, and one that has none
/// now is not read.
///
/// @param at when it was told
/// @param origin who told it
record UsageBody(Instant at, String origin) {

  private static final String EXTRA = "extra_usage";
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
  private static final BigDecimal MOST_PERCENT = BigDecimal.valueOf(100_000);

  /// What `limits` calls what has a window of its own above.
  private static final Map<String, String> SAME =
      Map.of("session", "five_hour", "weekly_all", "seven_day");

  QuotaReadings read(JsonValue body) {
    if (!body.isObject()) {
      throw body.wrong("an object of windows");
    }
    Map<String, LimitReading> windows = new LinkedHashMap<>();
    body.fields().forEach((name, window) -> put(windows, name, window, "utilization"));
    for (JsonValue limit : list(body.at("limits"))) {
      scoped(windows, limit);
    }
    for (JsonValue scoped : list(body.at("model_scoped"))) {
      modelScoped(windows, scoped);
    }
    JsonValue spend = body.at("spend");
    if (!windows.containsKey(EXTRA) && spend.isObject()) {
      put(windows, "spend", spend, "percent");
    }
    CreditReading credit = credit(body.at(EXTRA), spend);
    return new QuotaReadings(
        List.copyOf(windows.values()), credit == null ? List.of() : List.of(credit));
  }

  private static List<JsonValue> list(JsonValue limits) {
    try {
      return limits.elements();
    } catch (BadJson anotherForm) {
      return List.of();
    }
  }

  private void scoped(Map<String, LimitReading> windows, JsonValue limit) {
    if (!limit.isObject()) {
      return;
    }
    String kind = text(limit.at("kind"));
    String window = SAME.getOrDefault(kind, kind + scope(limit.at("scope")));
    if (!window.isEmpty() && !windows.containsKey(window)) {
      put(windows, window, limit, "percent");
    }
  }

  /// The client names a model's weekly window by the model alone.
  private void modelScoped(Map<String, LimitReading> windows, JsonValue scoped) {
    String model = scoped.isObject() ? text(scoped.at("display_name")) : "";
    String window = "weekly_scoped:" + model;
    if (!model.isEmpty() && !windows.containsKey(window)) {
      put(windows, window, scoped, "utilization");
    }
  }

  /// `:Fable` of a limit for one model.
  private static String scope(JsonValue scope) {
    if (!scope.isObject()) {
      return "";
    }
    JsonValue model = scope.at("model");
    String name = model.isObject() ? text(model.at("display_name")) : "";
    String id = model.isObject() && name.isEmpty() ? text(model.at("id")) : name;
    String surface = text(scope.at("surface"));
    return (id.isEmpty() ? "" : ":" + id) + (surface.isEmpty() ? "" : ":" + surface);
  }

  private void put(Map<String, LimitReading> windows, String name, JsonValue window, String field) {
    if (!window.isObject() || !window.at(field).isNumber()) {
      return;
    }
    BigDecimal percent = window.at(field).decimal();
    if (percent.signum() >= 0 && percent.compareTo(MOST_PERCENT) <= 0) {
      double utilization = percent.movePointLeft(2).doubleValue();
      windows.put(
          name,
          new LimitReading(
              JsonValue.clean(name), utilization, reset(window.at("resets_at")), at, origin));
    }
  }

  /// To the second: the service computes it anew each time, a fraction of one off.
  private static @Nullable Instant reset(JsonValue resetsAt) {
    try {
      return Instant.ofEpochSecond(resetsAt.instant().plus(HALF_A_SECOND).getEpochSecond());
    } catch (BadJson none) {
      return null;
    }
  }

  /// Money is told in minor units: 1802 with two decimal places is 18.02.
  private @Nullable CreditReading credit(JsonValue extra, JsonValue spend) {
    try {
      if (extra.isObject() && extra.at("used_credits").isNumber()) {
        long places = extra.at("decimal_places").absent() ? 2 : extra.at("decimal_places").count();
        return credit(
            extra.at("currency"), extra.at("used_credits"), extra.at("monthly_limit"), places);
      }
      if (spend.isObject() && spend.at("used").isObject()) {
        JsonValue used = spend.at("used");
        JsonValue limit = spend.at("limit");
        return credit(
            used.at("currency"),
            used.at("amount_minor"),
            limit.at("amount_minor"),
            used.at("exponent").count());
      }
    } catch (BadJson | ArithmeticException anotherForm) {
      // windows are read all the same
    }
    return null;
  }

  private @Nullable CreditReading credit(
      JsonValue currency, JsonValue used, JsonValue limit, long places) {
    String told = currency.textOr(CreditReading.DOLLARS);
    if (!told.matches("[A-Z]{3}") || places > 9) {
      return null;
    }
    return new CreditReading(
        "claude.extra_usage",
        told,
        limit.isNumber() ? money(limit, places) : null,
        money(used, places),
        at,
        origin);
  }

  private static Usd money(JsonValue amount, long places) {
    return Usd.of(amount.decimal().movePointLeft((int) places));
  }

  private static String text(JsonValue value) {
    try {
      return value.textOr("");
    } catch (BadJson anotherForm) {
      return "";
    }
  }
}

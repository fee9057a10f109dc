package dev.claudometer.server.api;

import dev.claudometer.report.Beginnings;
import dev.claudometer.server.auth.Scopes;
import dev.claudometer.store.registry.Registry;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How the server is set: what people may change while it runs.
public final class Settings {

  /// What can be set, with what holds until somebody does.
  private static final Map<String, String> USUAL = usual();

  private static final List<String> WEEK_DAYS =
      Stream.of(DayOfWeek.values()).map(day -> day.name().toLowerCase(Locale.ROOT)).toList();

  private final Registry registry;

  public Settings(Registry registry) {
    this.registry = registry;
  }

  /// All settings that people may see.
  public Map<String, String> all() {
    var all = new LinkedHashMap<>(USUAL);
    Map<String, String> set = registry.settings();
    all.replaceAll((name, usual) -> set.getOrDefault(name, usual));
    return all;
  }

  /// What people call this server.
  public String name() {
    return all().getOrDefault("serverName", "");
  }

  /// The zone that days are cut in.
  public ZoneId zone() {
    return ZoneId.of(all().getOrDefault("timeZone", "UTC"));
  }

  /// The first day of a week.
  public DayOfWeek weekStart() {
    return DayOfWeek.valueOf(all().getOrDefault("weekStart", "monday").toUpperCase(Locale.ROOT));
  }

  /// On which days weeks and billing months begin.
  public Beginnings beginnings() {
    String day = all().getOrDefault("billingDay", "1");
    return new Beginnings(weekStart(), Integer.parseInt(day));
  }

  /// Days that responses are kept; null for ever.
  public @Nullable Integer retentionDays() {
    String days = all().getOrDefault("retentionDays", "");
    return days.isEmpty() ? null : Integer.valueOf(days);
  }

  private static Map<String, String> usual() {
    var usual = new LinkedHashMap<String, String>();
    usual.put("serverName", "Claudometer");
    usual.put("timeZone", "UTC");
    usual.put("weekStart", "monday");
    usual.put("billingDay", "1");
    usual.put("currency", "USD");
    usual.put("exchangeRate", "");
    usual.put("exchangeRateDate", "");
    usual.put("retentionDays", "");
    usual.put(Scopes.SETTING, "all");
    return Collections.unmodifiableMap(usual);
  }

  /// What speaks against a value, or null.
  static @Nullable String objection(String name, String value) {
    if (value.length() > 200 || value.chars().anyMatch(Character::isISOControl)) {
      return "'" + name + "' has to be one short line";
    }
    return switch (name) {
      case "timeZone" -> zoneObjection(value);
      case "weekStart" ->
          WEEK_DAYS.contains(value) ? null : "'weekStart' has to be one of " + WEEK_DAYS;
      case "billingDay" ->
          value.matches("[1-9]|[12][0-9]|3[01]")
              ? null
              : "'billingDay' has to be a day of the month, 1 to 31";
      case "currency" ->
          value.matches("[A-Z]{3}") ? null : "'currency' has to be a code such as EUR";
      case "retentionDays" ->
          value.matches("|[1-9][0-9]{0,4}")
              ? null
              : "'retentionDays' has to be a number of days, or empty to keep everything";
      case Scopes.SETTING ->
          value.matches("all|own|teams") ? null : "'viewersSee' has to be all, own or teams";
      case "exchangeRate" ->
          value.matches("|[0-9]{1,9}(\\.[0-9]{1,9})?")
              ? null
              : "'exchangeRate' has to be what one dollar costs, such as 0.92";
      case "exchangeRateDate" ->
          value.matches("|[0-9]{4}-[0-9]{2}-[0-9]{2}")
              ? null
              : "'exchangeRateDate' has to be a day such as 2026-11-21";
      case "serverName" -> null;
      default -> "there is no setting '" + name + "'";
    };
  }

  private static @Nullable String zoneObjection(String value) {
    try {
      ZoneId.of(value);
      return null;
    } catch (DateTimeException wrong) {
      return "'timeZone' has to be a time zone such as Europe/Berlin or UTC";
    }
  }
}

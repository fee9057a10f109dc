package dev.claudometer.server.web;

import dev.claudometer.server.web.table.Escaped;
import java.util.List;

/// What people call a browser, of what it says of itself: `Firefox on Linux`.
///
/// Most name the browsers that they are compatible with too, so the order matters.
final class BrowserName {

  /// A part of what a program says, and the name that people know.
  private record Sign(String part, String name) {}

  private static final List<Sign> BROWSERS =
      List.of(
          new Sign("Edg", "Edge"),
          new Sign("OPR/", "Opera"),
          new Sign("Firefox/", "Firefox"),
          new Sign("FxiOS/", "Firefox"),
          new Sign("CriOS/", "Chrome"),
          new Sign("Chrome/", "Chrome"),
          new Sign("Safari/", "Safari"));

  private static final List<Sign> SYSTEMS =
      List.of(
          new Sign("iPhone", "iPhone"),
          new Sign("iPad", "iPad"),
          new Sign("Android", "Android"),
          new Sign("Windows", "Windows"),
          new Sign("CrOS", "ChromeOS"),
          new Sign("Macintosh", "macOS"),
          new Sign("Linux", "Linux"));

  private BrowserName() {}

  /// The name of a browser and its system.
  ///
  /// @param agent the `User-Agent` header; empty where there was none
  /// @return what it says itself where that is no browser that is known
  static String of(String agent) {
    if (agent.isBlank()) {
      return "Unknown browser";
    }
    String browser = first(BROWSERS, agent);
    if (browser.isEmpty()) {
      return Escaped.name(agent);
    }
    String system = first(SYSTEMS, agent);
    return system.isEmpty() ? browser : browser + " on " + system;
  }

  private static String first(List<Sign> signs, String agent) {
    return signs.stream()
        .filter(sign -> agent.contains(sign.part))
        .map(Sign::name)
        .findFirst()
        .orElse("");
  }
}

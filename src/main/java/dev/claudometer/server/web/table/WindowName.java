package dev.claudometer.server.web.table;

import java.util.Locale;

/// A plan window's name as people say it.
public final class WindowName {

  private WindowName() {}

  /// `5-hour window`, `Week, all models`, `Week, Fable`; a name that nobody knows as it is.
  public static String words(String window) {
    String scope = window.replaceFirst("^(seven_day_|weekly_scoped:)", "");
    if (!scope.equals(window) && !scope.isEmpty()) {
      return "Week, "
          + Escaped.name(scope.substring(0, 1).toUpperCase(Locale.ROOT) + scope.substring(1));
    }
    return switch (window) {
      case "five_hour" -> "5-hour window";
      case "seven_day" -> "Week, all models";
      case "spend_limit" -> "Spend limit";
      default -> Escaped.name(window);
    };
  }
}

package dev.claudometer.usage.window;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a plan window's name says of it: how long it runs, and what counts in it.
///
/// @param model part of the names of the models that count, in lower case; empty where all do
/// @param cowork whether only Cowork counts
public record WindowShape(Duration length, String model, boolean cowork) {

  private static final Duration FIVE_HOURS = Duration.ofHours(5);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final String WEEKLY = "seven_day";
  private static final String SCOPED = "weekly_scoped:";
  private static final List<String> FAMILIES =
      List.of("opus", "sonnet", "haiku", "fable", "mythos");

  /// The shape of `five_hour`, `seven_day`, `seven_day_opus`, `weekly_scoped:Fable`; null where the
  /// name does not say what counts.
  public static @Nullable WindowShape of(String window) {
    if (window.equals("five_hour")) {
      return new WindowShape(FIVE_HOURS, "", false);
    }
    if (window.startsWith(SCOPED)) {
      return scoped(window.substring(SCOPED.length()));
    }
    return switch (window) {
      case WEEKLY -> new WindowShape(WEEK, "", false);
      case WEEKLY + "_cowork" -> new WindowShape(WEEK, "", true);
      default ->
          window.startsWith(WEEKLY + "_") ? scoped(window.substring(WEEKLY.length() + 1)) : null;
    };
  }

  private static @Nullable WindowShape scoped(String scope) {
    String name = scope.toLowerCase(Locale.ROOT);
    return FAMILIES.stream()
        .filter(name::contains)
        .findFirst()
        .map(family -> new WindowShape(WEEK, family, false))
        .orElse(null);
  }

  /// Whether usage counts in the window.
  public boolean counts(String usedModel, boolean byCowork) {
    return usedModel.toLowerCase(Locale.ROOT).contains(model) && (byCowork || !cowork);
  }
}

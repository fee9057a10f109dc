package dev.claudometer.server.web.glance;

import dev.claudometer.report.Split;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an overview is about: all that was used, or what one person, project, model, device or
/// branch did.
///
/// @param kind null for all
/// @param key as filters call it; empty for all
public record Subject(@Nullable Split kind, String key) {

  /// Those that have a page of their own.
  public static final List<Split> KINDS =
      List.of(Split.PERSON, Split.PROJECT, Split.MODEL, Split.DEVICE, Split.BRANCH);

  public static final Subject ALL = new Subject(null, "");

  /// The pages that list them.
  private static final Map<Split, String> LISTS =
      Map.of(
          Split.PERSON, "/people-usage",
          Split.PROJECT, "/projects",
          Split.SESSION, "/sessions",
          Split.MODEL, "/models",
          Split.DEVICE, "/devices",
          Split.BRANCH, "/branches");

  /// The one that the page's address names.
  public static Subject of(Split kind, Call call) {
    String key = call.query(word(kind));
    if (key == null || key.isEmpty()) {
      throw Problem.of(404, "the address has to say which " + word(kind) + " it is about");
    }
    return new Subject(kind, key);
  }

  /// As addresses and tables call a kind: `person`.
  public static String word(Split kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  public static String list(Split kind) {
    return LISTS.getOrDefault(kind, "/");
  }

  public static String plural(Split kind) {
    return switch (kind) {
      case PERSON -> "People";
      case BRANCH -> "Branches";
      default -> capital(word(kind)) + "s";
    };
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  public String address() {
    return kind == null ? "/" : "/" + word(kind);
  }

  /// The place in the menu.
  public String place() {
    return kind == null ? "/" : list(kind);
  }

  public boolean about(Split other) {
    return kind == other;
  }
}

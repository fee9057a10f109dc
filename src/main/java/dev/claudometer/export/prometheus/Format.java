package dev.claudometer.export.prometheus;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How families are written.
public enum Format {
  TEXT("text/plain; version=0.0.4; charset=utf-8"),
  OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

  private final String contentType;

  Format(String contentType) {
    this.contentType = contentType;
  }

  public String contentType() {
    return contentType;
  }

  /// What a scraper likes best of what we can write. A header that makes no sense gets text, as
  /// none does: a scrape never fails for it.
  public static Format accepted(@Nullable String accept) {
    if (accept == null) {
      return TEXT;
    }
    double open = 0;
    double text = 0;
    for (String range : accept.split(",", -1)) {
      String[] parts = range.toLowerCase(Locale.ROOT).split(";", -1);
      switch (parts[0].strip()) {
        case "application/openmetrics-text" -> open = Math.max(open, known(parts) ? q(parts) : 0);
        case "text/plain", "text/*", "*/*" -> text = Math.max(text, q(parts));
        default -> {}
      }
    }
    return open > 0 && open >= text ? OPEN_METRICS : TEXT;
  }

  /// Whether an encoding is accepted: `gzip, deflate;q=0.5`.
  public static boolean gzip(@Nullable String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    for (String range : acceptEncoding.split(",", -1)) {
      String[] parts = range.toLowerCase(Locale.ROOT).split(";", -1);
      if (parts[0].strip().equals("gzip")) {
        return q(parts) > 0;
      }
    }
    return false;
  }

  private static boolean known(String[] parts) {
    String version = parameter(parts, "version");
    return version == null || version.equals("1.0.0") || version.equals("0.0.1");
  }

  private static double q(String[] parts) {
    String weight = parameter(parts, "q");
    if (weight == null) {
      return 1;
    }
    return weight.matches("[01](\\.[0-9]{0,3})?") ? Double.parseDouble(weight) : 0;
  }

  private static @Nullable String parameter(String[] parts, String name) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith(name + "=")) {
        return parameter.substring(name.length() + 1).replace("\"", "").strip();
      }
    }
    return null;
  }
}

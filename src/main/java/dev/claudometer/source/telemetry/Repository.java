package dev.claudometer.source.telemetry;

import java.net.URI;
import java.util.Map;
import java.util.Set;

/// Which repository and branch an event or a point is of, where clients are told to say so
/// (`OTEL_METRICS_INCLUDE_REPOSITORY`). Nothing is kept of its URL but the owner and the name: a
/// URL may hold a host of the company's own, or a password.
final class Repository {

  static final Set<String> ATTRIBUTES =
      Set.of(
          "vcs.owner.name",
          "vcs.repository.name",
          "vcs.repository.url.full",
          "vcs.ref.head.name",
          "vcs.ref.head.type");

  private static final int LONGEST = 200;

  private Repository() {}

  /// `acme/rocket`, or the name alone; empty where it is not told.
  static String name(Map<String, String> attributes) {
    String name = text(attributes, "vcs.repository.name");
    String owner = text(attributes, "vcs.owner.name");
    if (name.isEmpty()) {
      return ofUrl(attributes.getOrDefault("vcs.repository.url.full", ""));
    }
    return bounded(owner.isEmpty() ? name : owner + "/" + name);
  }

  /// The branch; empty where it is not told, or is a tag.
  static String branch(Map<String, String> attributes) {
    String type = attributes.getOrDefault("vcs.ref.head.type", "branch");
    return type.equals("branch") ? bounded(text(attributes, "vcs.ref.head.name")) : "";
  }

  /// `https://host/acme/rocket.git`: what stands behind the host.
  private static String ofUrl(String url) {
    try {
      String path = URI.create(url).getPath();
      return path == null
          ? ""
          : bounded(
              path.replaceFirst("^/+", "").replaceFirst("/*$", "").replaceFirst("\\.git$", ""));
    } catch (IllegalArgumentException noUrl) {
      return "";
    }
  }

  private static String text(Map<String, String> attributes, String name) {
    return attributes.getOrDefault(name, "").strip();
  }

  private static String bounded(String text) {
    return text.length() > LONGEST ? "" : text;
  }
}

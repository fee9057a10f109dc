package dev.claudometer.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;

/// A GET request. Its headers may be secret: `toString` hides them.
///
/// @param path begins with a slash
public record GetRequest(String path, List<Pair> parameters, List<Pair> headers) {

  /// A name and its value; a name may occur more than once.
  public record Pair(String name, String value) {

    @Override
    public String toString() {
      return name + "=…";
    }
  }

  /// The path with its parameters.
  String target() {
    if (parameters.isEmpty()) {
      return path;
    }
    var target = new StringBuilder(path);
    for (Pair parameter : parameters) {
      target
          .append(target.indexOf("?") < 0 ? '?' : '&')
          .append(URLEncoder.encode(parameter.name(), UTF_8))
          .append('=')
          .append(URLEncoder.encode(parameter.value(), UTF_8));
    }
    return target.toString();
  }

  @Override
  public String toString() {
    return "GET " + path;
  }
}

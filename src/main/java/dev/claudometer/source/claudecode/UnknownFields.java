package dev.claudometer.source.claudecode;

import dev.claudometer.source.claudecode.scan.Json;
import dev.claudometer.source.claudecode.scan.Json.Malformed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts fields that are new to us. They are kept when their line has proved to be sound: only
/// then are they known to be names, and not words of somebody's text.
final class UnknownFields {

  private static final int MOST = 100;
  private static final int LONGEST_BYTES = 60;

  private final Map<String, Long> counts = new HashMap<>();
  private final List<String> ofLine = new ArrayList<>();

  void lineBegins() {
    ofLine.clear();
  }

  /// The parser stands at such a field's name.
  void met(Json json) {
    if (json.textTo - json.textFrom < LONGEST_BYTES && LineTypes.couldBeAName(json.text())) {
      met(json.text());
    }
  }

  /// Steps over the value of such a field, and counts it where it holds a number other than 0.
  void number(Json json, String path) throws Malformed {
    String name = json.text();
    if (json.skipNumbers()) {
      met(path, name);
    }
  }

  /// Steps over a value that is of another kind than expected, and counts it where a number other
  /// than 0 stands in it.
  void value(Json json, String name) throws Malformed {
    if (json.skipNumbers()) {
      met(name);
    }
  }

  /// @param word that somebody wrote: what cannot be a name is told without it
  void met(String path, String word) {
    met(LineTypes.couldBeAName(path + word) ? path + word : path + "(other)");
  }

  /// Counts once on a line.
  void met(String name) {
    if (!ofLine.contains(name)) {
      ofLine.add(name);
    }
  }

  void lineIsSound() {
    for (String name : ofLine) {
      if (counts.size() < MOST || counts.containsKey(name)) {
        counts.merge(name, 1L, Long::sum);
      }
    }
    ofLine.clear();
  }

  /// What was counted since the last call.
  Map<String, Long> take() {
    Map<String, Long> taken = Map.copyOf(counts);
    counts.clear();
    return taken;
  }
}

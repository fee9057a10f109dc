package dev.claudometer.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What the dashboards of `deploy` ask.
final class Dashboards {

  private static final Path FILES = Path.of("deploy/grafana/dashboards");

  private Dashboards() {}

  /// A question of a panel.
  ///
  /// @param place file and title
  /// @param expression as Grafana asks it with every variable at "All"
  record Panel(String place, String expression) {}

  static List<Panel> panels() throws IOException {
    List<Panel> panels = new ArrayList<>();
    try (Stream<Path> files = Files.list(FILES)) {
      for (Path file : files.sorted().toList()) {
        JsonNode dashboard = new ObjectMapper().readTree(file.toFile());
        for (JsonNode panel : dashboard.get("panels")) {
          for (JsonNode target : panel.path("targets")) {
            String place =
                file.getFileName().toString().replace(".json", "")
                    + " | "
                    + panel.get("title").asText();
            panels.add(new Panel(place, plain(target.get("expr").asText(), dashboard)));
          }
        }
      }
    }
    return panels;
  }

  private static String plain(String expression, JsonNode dashboard) {
    String plain = expression.replace("$__rate_interval", "1m").replace("$__range", "5m");
    for (JsonNode variable : dashboard.at("/templating/list")) {
      plain =
          plain.replace(
              "$" + variable.get("name").asText(), variable.path("allValue").asText(".*"));
    }
    return plain;
  }
}

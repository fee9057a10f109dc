package dev.claudometer.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.export.prometheus.RealPrometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;

/// Expressions with what they have to say, one a line: `sum(claude_today_tokens) => =550000`. Lines
/// with # are for people.
@Tag("process")
final class Truth {

  private static final String ARROW = " => ";

  private final List<String> lines;

  private Truth(List<String> lines) {
    this.lines = lines;
  }

  static Truth of(Path file) throws IOException {
    return new Truth(
        Files.readAllLines(file, UTF_8).stream().filter(line -> line.contains(ARROW)).toList());
  }

  /// The same, with the days that `today` and `yesterday` are.
  Truth with(LocalDate today) {
    return new Truth(
        lines.stream()
            .map(
                line ->
                    line.replace("yesterday=", today.minusDays(1) + "=")
                        .replace("yesterday/", today.minusDays(1) + "/")
                        .replace(" today=", " " + today + "=")
                        .replace(" today/", " " + today + "/"))
            .toList());
  }

  void holds(RealPrometheus prometheus) throws Exception {
    List<String> said = new ArrayList<>();
    for (String line : lines) {
      String expression = line.substring(0, line.indexOf(ARROW));
      said.add(expression + ARROW + Answers.to(prometheus, expression));
    }
    assertThat(said).isNotEmpty().isEqualTo(lines);
  }
}

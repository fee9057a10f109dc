package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrongValuesTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"daily", "weekly", "session", "blocks", "models", "agents", "tools"})
  void allThatIsWrongIsSaidAtOnce(String command) {
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(List.of("--timezone", "Nowhere/X", "--since", "garbage", "--until", "2026-02-30"));
    line.addAll(List.of("--locale", "x_"));
    CommandRun run = CommandRun.of(directory, line);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .hasLineCount(1)
        .contains("time zone 'Nowhere/X'", "'garbage'", "'2026-02-30'", "locale 'x_'");
  }
}

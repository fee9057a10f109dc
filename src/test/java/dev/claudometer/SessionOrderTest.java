package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.source.claudecode.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// In which order `session` lists sessions that cost the same, and were last used at the same
/// moment.
class SessionOrderTest {

  private static final int SESSIONS = 30;

  @TempDir Path temp = Path.of("");

  @BeforeEach
  void sessionsThatAreAlike() throws IOException {
    Path project = Files.createDirectories(temp.resolve("home/projects/-w-app"));
    for (int i = 0; i < SESSIONS; i++) {
      int number = i * 7 % SESSIONS + 10;
      Files.writeString(
          project.resolve("s-" + number + ".jsonl"),
          Lines.answer("msg_" + i, "req_" + i, "s-" + number, "2026-11-20T11:50:00.000Z", 7)
              + "\n");
    }
  }

  @Test
  void isThatOfTheirIdsWhateverIsAskedFor() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      ids.add("s-" + (i + 10));
    }
    assertThat(listed()).isEqualTo(ids);
    assertThat(listed("--order", "asc")).isEqualTo(ids);
    assertThat(listed("--order", "desc")).isEqualTo(ids);
  }

  private List<String> listed(String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("session", "--home", temp.resolve("home").toString(), "--csv"));
    arguments.addAll(List.of(options));
    return CommandRun.of(temp.resolve("state"), arguments)
        .out()
        .lines()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf(',')))
        .toList();
  }
}

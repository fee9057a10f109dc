package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.LaunchedProgram.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A command may end before what was begun for it beside it has.
@Tag("process")
class EndingAtOnceTest {

  @TempDir private Path directory;

  /// As on Windows, the JVM makes an archive when the first command ends. That takes long enough
  /// for whatever still runs to fail, because the process is ending.
  @Test
  void nothingButTheCommandSpeaks() throws Exception {
    String archive =
        "-XX:+AutoCreateSharedArchive -Xlog:cds=off -Xlog:aot=off -XX:SharedArchiveFile="
            + directory.resolve("cli.jsa");
    Run run =
        new LaunchedProgram(directory)
            .run(Map.of("JDK_JAVA_OPTIONS", archive), "", List.of("daily"));
    assertThat(run.err().lines().filter(line -> !line.startsWith("NOTE: ")))
        .singleElement()
        .asString()
        .startsWith("claudometer: no Claude Code transcripts");
    assertThat(run.code()).isEqualTo(1);
  }
}

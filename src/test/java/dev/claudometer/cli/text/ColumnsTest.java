package dev.claudometer.cli.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {

  @ParameterizedTest
  @CsvSource({
    "loom,4",
    "Übung,5",
    "世界,4",
    "ｱ,1",
    "Ａ,2",
    "한국어,6",
    "e\u0301,1",
    "🤖,2",
    "👩‍💻,2",
    "🇩🇪,2",
    "⚠\ufe0f,2",
    "⏳,2"
  })
  void aLetterTakesWhatATerminalGivesIt(String text, int columns) {
    assertThat(Columns.of(text)).isEqualTo(columns);
  }

  @Test
  void noLetterIsCutInHalf() {
    assertThat(Columns.first("世界", 3)).isEqualTo("世");
    assertThat(Columns.first("ae\u0301b", 2)).isEqualTo("ae\u0301");
    assertThat(Columns.first("abc", 3)).isEqualTo("abc");
  }

  @Test
  void columnsBehindWideNamesAlign() {
    TextTable table = TextTable.withColumns(List.of("Project", ">Tokens"));
    table.add(List.of("/w/世界", "1"));
    table.add(List.of("/w/loom", "1,234"));
    var out = new ByteArrayOutputStream();
    table.print(new PrintStream(out, true, UTF_8), new Style(0, false, false, null));
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            Project  Tokens
            ───────────────
            /w/世界       1
            /w/loom   1,234
            """);
  }
}

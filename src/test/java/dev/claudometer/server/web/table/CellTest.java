package dev.claudometer.server.web.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTest {

  /// `kept` is what stays at the end where there is no room for all of it.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "nothing",
      value = {
        "short                                | nothing",
        "/home/ada/projects/loom/s-12.jsonl   | 12.jsonl",
        "d3d8c5a4-448d-4200-a22d-eaf811446d25 | 11446d25",
        "claude-haiku-4-5-20251001            | nothing",
        "プロジェクト甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳 | nothing"
      })
  void longNamesKeepTheEndThatTellsThemApart(String text, String kept) {
    assertThat(text.substring(Cell.name(text).tail())).isEqualTo(kept == null ? "" : kept);
  }
}

package dev.claudometer.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1", "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1", "\uFF1D1", "\uFF0B1",
        "\uFF0D1", "\uFF201"
      })
  void noCellIsAFormula(String text) {
    assertThat(Foreign.cell(text)).startsWith("'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain                | plain",
        "a,b                  | \"a,b\"",
        "say \"hi\"           | \"say \"\"hi\"\"\"",
        "2026-11-21           | 2026-11-21",
        "größe €              | größe €"
      },
      quoteCharacter = '\0')
  void cellsAreQuotedWhereTheyMustBe(String text, String cell) {
    assertThat(Foreign.cell(text)).isEqualTo(cell);
  }

  @Test
  void whatActsOnATerminalIsAVisibleEscapeEverywhere() {
    String evil = "a\u001b[31m\u0007\u202E\u2028\u009b\nb";
    String shown = "a\\x1b[31m\\x07\\u202e\\u2028\\x9b\\x0ab";
    assertThat(Foreign.escaped(evil)).isEqualTo(shown);
    assertThat(Foreign.cell(evil)).isEqualTo(shown);
    assertThat(Foreign.line(evil))
        .isEqualTo("a\\x1b[31m\\x07\\u202e\\x9b b".replace("\\x9b", " \\x9b"));
    assertThat(Foreign.label(evil)).isEqualTo("a\\x1b[31m\\x07\\u202e\\u2028\\x9b\nb");
    assertThat(Foreign.cut(evil, 5)).isEqualTo("a\uFFFD[31…");
  }

  @Test
  void wholeNamesStayAsTheyAre() {
    for (String name : new String[] {"", "loom", "größe", "日本語", "😀", "-home-ada"}) {
      assertThat(Foreign.escaped(name)).isSameAs(name);
    }
    assertThat(Foreign.escaped("\uD800")).isEqualTo("\\ud800");
  }
}

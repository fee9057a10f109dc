package dev.claudometer.server.web.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "claude-opus-4-8                                 | Opus 4.8",
        "claude-opus-5                                   | Opus 5",
        "claude-opus-5-20260812                          | Opus 5",
        "claude-haiku-4-5-20251001                       | Haiku 4.5",
        "claude-haiku-4-5@20251001                       | Haiku 4.5",
        "claude-3-5-sonnet-20241022                      | Sonnet 3.5",
        "claude-3-opus-20240229                          | Opus 3",
        "claude-2.1                                      | Claude 2.1",
        "claude-opus-4.8-fast                            | Opus 4.8 fast",
        "claude-mythos-preview-20261101                  | Mythos preview",
        "claude-sonnet-4-5-20250929[1m]                  | Sonnet 4.5 [1m]",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0    | Sonnet 4.5",
        "openrouter/anthropic/claude-opus-4.8            | Opus 4.8",
        "gpt-6                                           | gpt-6",
        "claude-sonnet-4-5-of-a-very-long-profile        |"
            + " claude-sonnet-4-5-of-a-very-long-profile",
        "<b>claude-opus-5</b>                            | <b>claude-opus-5</b>"
      })
  void idIsSaidAsPeopleSayIt(String id, String name) {
    assertThat(ModelName.words(id)).isEqualTo(name);
  }

  @Test
  void whatWouldBeCalledTheSameKeepsItsId() {
    assertThat(
            ModelName.of(
                List.of("claude-opus-4-1", "claude-opus-4-1-20250805", "claude-haiku-4-5")))
        .containsEntry("claude-opus-4-1", "claude-opus-4-1")
        .containsEntry("claude-opus-4-1-20250805", "claude-opus-4-1-20250805")
        .containsEntry("claude-haiku-4-5", "Haiku 4.5")
        .hasSize(3);
  }

  @Test
  void cellOfAModelTellsItsIdAndExportsIt() {
    Cell cell = Cell.model("Opus 4.8", "claude-opus-4-8").to("/model");
    assertThat(cell.text()).isEqualTo("Opus 4.8");
    assertThat(cell.title()).isEqualTo("claude-opus-4-8");
    assertThat(cell.value()).isEqualTo("claude-opus-4-8");
  }
}

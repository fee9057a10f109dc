package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PricesCommandTest {

  @TempDir private Path directory;

  private CommandRun run(String... arguments) {
    return CommandRun.of(directory.resolve("state"), List.of(arguments));
  }

  @Test
  void listThatIsNotReachedIsNamedWithWhy() {
    for (var place :
        Map.of(
                "https://127.0.0.1:1/x",
                "cannot be reached: nothing answers there",
                "http://[",
                "is no URL",
                directory.resolve("none").toString(),
                "no readable file")
            .entrySet()) {
      CommandRun run = run("prices", "update", "--from-litellm", place.getKey());
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err())
          .hasLineCount(1)
          .contains(place.getKey(), place.getValue())
          .doesNotContain("null", "Exception");
    }
  }

  @Test
  void listIsJsonWhereThatIsAsked() throws IOException {
    String published =
        "\"input\":5,\"cacheWrite5m\":6.25,\"cacheWrite1h\":10,\"cacheRead\":0.5,\"output\":25";
    assertThat(run("prices", "list", "--json").out().replaceAll("\\s", ""))
        .contains(
            "{\"model\":\"claude-opus-4-5-20251101\",\"until\":null,\"speed\":\"standard\","
                + "\"promptOver\":0,"
                + published);
    assertThat(run("prices", "list").out()).contains("claude-opus-5").endsWith("Built in.\n");
  }

  @Test
  void listOfAnotherIsTakenAndGivenBack() throws IOException {
    Path file = directory.resolve("litellm.json");
    Files.writeString(
        file,
        """
        {"claude-nova-9": {"litellm_provider": "anthropic", "mode": "chat",
          "input_cost_per_token": 0.000004, "output_cost_per_token": 0.00002},
         "gpt-6-mini": {"litellm_provider": "openai", "mode": "chat",
          "input_cost_per_token": 0.0000025, "output_cost_per_token": 0.00001}}\
        """);
    CommandRun claude = run("prices", "update", "--from-litellm", file.toString());
    assertThat(claude.code()).as(claude.err()).isZero();
    assertThat(run("prices", "list").out()).contains("claude-nova-9").doesNotContain("gpt-6-mini");
    CommandRun all = run("prices", "update", "--from-litellm", file.toString(), "--all-providers");
    assertThat(all.code()).as(all.err()).isZero();
    assertThat(run("prices", "list").out()).contains("gpt-6-mini").endsWith("As updated by you.\n");
    assertThat(run("prices", "update", "--reset").code()).isZero();
    assertThat(run("prices", "list").out()).endsWith("Built in.\n");
  }

  @Test
  void updateTakesOneSource() {
    CommandRun run = run("prices", "update", "--all-providers", "--reset");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--from-litellm");
  }
}

package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// There is one version number; where it has to be written again, it is the same.
class VersionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "deploy/helm/Chart.yaml ; (?m)^(?:version|appVersion): (\\S+)$ ; 2",
        ".claude-plugin/marketplace.json ; \"version\": \"([^\"]+)\" ; 2",
        "packaging/claude-plugin/.claude-plugin/plugin.json ; \"version\": \"([^\"]+)\" ; 1",
        ".github/actions/report/index.mjs ; const VERSION = '([^']+)' ; 1",
        "README.md ; claudometer_([0-9.]+)_amd64 ; 1",
      },
      quoteCharacter = '`')
  void isTheSameEverywhere(String file, String pattern, int times) throws IOException {
    assertThat(
            Pattern.compile(pattern)
                .matcher(Files.readString(Path.of(file)))
                .results()
                .map(VersionTest::first))
        .hasSize(times)
        .allMatch(version()::equals);
  }

  private static String version() throws IOException {
    return Pattern.compile("<version>([^<]+)</version>")
        .matcher(Files.readString(Path.of("pom.xml")))
        .results()
        .map(VersionTest::first)
        .findFirst()
        .orElseThrow();
  }

  private static String first(MatchResult result) {
    return result.group(1);
  }
}

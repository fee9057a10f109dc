package dev.claudometer.store.sql.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is known of the tables without the scripts is what the scripts make.
class MissingTablesTest {

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgres"})
  void noTableOfTheScriptsMayBeMissing(String scripts) throws IOException {
    Set<String> made = made(scripts);
    // PostgreSQL's is there before the scripts
    made.add("ledger");
    assertThat(MissingTables.none(made)).isTrue();
    assertThat(made)
        .allSatisfy(
            table -> {
              Set<String> others = new HashSet<>(made);
              others.remove(table);
              assertThat(MissingTables.none(others)).as(table).isFalse();
            });
  }

  private static Set<String> made(String scripts) throws IOException {
    try (InputStream in = MissingTables.class.getResourceAsStream(scripts + "/V1.sql")) {
      String script = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      return Pattern.compile("(?m)^CREATE TABLE (\\w+)\\b")
          .matcher(script)
          .results()
          .map(created -> created.group(1))
          .collect(Collectors.toSet());
    }
  }
}

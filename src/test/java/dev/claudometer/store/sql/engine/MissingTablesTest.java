package dev.claudometer.store.sql.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
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
    Set<String> made = new HashSet<>();
    for (int script = 1; ; script++) {
      String path = scripts + "/V" + script + ".sql";
      try (InputStream in = MissingTables.class.getResourceAsStream(path)) {
        if (in == null) {
          return made;
        }
        Pattern.compile("(?m)^CREATE TABLE (\\w+)\\b")
            .matcher(new String(in.readAllBytes(), UTF_8))
            .results()
            .forEach(created -> made.add(created.group(1)));
      }
    }
  }
}

package dev.claudometer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.source.claudecode.Lines;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a sync does depends on what is new, and not on what was read before.
class WorkCountTest {

  /// An event, its calls and its five sums, their names, the meters of its model, the file it is
  /// in.
  private static final int MOST_ROWS_FOR_A_LINE = 120;

  @TempDir private Path directory;

  @Test
  void unchangedHomeIsNotParsedAndNothingIsWritten() throws Exception {
    Path home = home("home", 200);
    try (UsageStore store = store("store")) {
      assertThat(sync(store, home).filesRead()).isEqualTo(20);
      Set<String> before = rows("store");
      SyncReport again = sync(store, home);
      assertThat(again.filesSeen()).isEqualTo(20);
      assertThat(again.filesRead()).isZero();
      assertThat(again.bytesRead()).isZero();
      assertThat(rows("store")).isEqualTo(before);
    }
  }

  @Test
  void appendedLineChangesAsManyRowsWhateverWasThereBefore() throws Exception {
    int little = changedByALine("little", 40);
    assertThat(little).isPositive().isLessThan(MOST_ROWS_FOR_A_LINE);
    assertThat(changedByALine("much", 2_000)).isEqualTo(little);
  }

  private int changedByALine(String name, int responses) throws Exception {
    Path home = home(name, responses);
    try (UsageStore store = store(name + "-store")) {
      sync(store, home);
      Set<String> before = rows(name + "-store");
      String line = Lines.answer("msg_new", 1) + '\n';
      Files.writeString(file(home, 1), line, StandardOpenOption.APPEND);
      SyncReport report = sync(store, home);
      assertThat(report.filesRead()).isEqualTo(1);
      assertThat(report.bytesRead()).isEqualTo(line.length());
      Set<String> after = rows(name + "-store");
      after.removeAll(before);
      return after.size();
    }
  }

  private Path home(String name, int responses) throws IOException {
    Path home = directory.resolve(name);
    Files.createDirectories(home.resolve("projects/-p"));
    for (int i = 0; i < responses; i++) {
      Files.writeString(
          file(home, i % 20),
          Lines.answer("msg_" + i, 1) + '\n',
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    return home;
  }

  private static Path file(Path home, int number) {
    return home.resolve("projects/-p/s%02d.jsonl".formatted(number));
  }

  private UsageStore store(String name) {
    return SqliteStore.open(directory.resolve(name + ".db"), PriceBook::builtIn);
  }

  private static SyncReport sync(UsageStore store, Path home) throws Exception {
    TranscriptTree tree = TranscriptTree.below(List.of(new ClaudeHome(home.resolve("projects"))));
    return new LocalSync(store, DeviceId.THIS, 2, (_, _) -> {}).sync(tree);
  }

  /// Every row of every table.
  private Set<String> rows(String name) throws SQLException {
    Set<String> rows = new HashSet<>();
    String url = "jdbc:sqlite:" + directory.resolve(name + ".db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet names =
          statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
        while (names.next()) {
          tables.add(names.getString(1));
        }
      }
      for (String table : tables) {
        read(statement, table, rows);
      }
    }
    return rows;
  }

  private static void read(Statement statement, String table, Set<String> rows)
      throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        var text = new StringBuilder(table);
        for (int i = 1; i <= columns; i++) {
          Object value = row.getObject(i);
          text.append('|').append(value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
        }
        rows.add(text.toString());
      }
    }
  }
}

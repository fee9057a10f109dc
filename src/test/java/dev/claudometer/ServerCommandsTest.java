package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator types beside a server: import, backup, restore, verify; and what is refused.
class ServerCommandsTest {

  @TempDir private Path directory;

  private CommandRun run(String... arguments) {
    return CommandRun.of(directory, List.of(arguments));
  }

  @Test
  void peersFileIsTakenOverOnceWithItsKeysAndItsDoublesCountOnce() throws SQLException {
    Path peer = peer();
    String database = "file:" + directory.resolve("server.db");
    CommandRun first = run("import", peer.toString(), "--database", database);
    assertThat(first.err()).isEmpty();
    assertThat(first.out())
        .isEqualTo("3 entries read: 2 stored, 1 were there already or twice in the file\n");
    assertThat(run("import", peer.toString(), "--database", database).out())
        .isEqualTo("3 entries read: 0 stored, 3 were there already or twice in the file\n");
    assertThat(run("verify", "--database", database).out()).startsWith("Sound");
    assertThat(
            value(
                directory.resolve("server.db"),
                "SELECT name || ' ' || prefix FROM device JOIN credential ON holder = id"))
        .isEqualTo("mac dk_abcde");
    assertThat(value(directory.resolve("server.db"), "SELECT SUM(output) FROM rollup_day"))
        .isEqualTo("40");
  }

  @Test
  void backupIsPrivateAndRestoredWhole() throws Exception {
    String database = "file:" + directory.resolve("server.db");
    run("import", peer().toString(), "--database", database);
    Path backup = directory.resolve("backup.db");
    assertThat(run("backup", backup.toString(), "--database", database).code()).isZero();
    assertThat(Files.getPosixFilePermissions(backup))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    String restored = "file:" + directory.resolve("restored.db");
    assertThat(run("restore", backup.toString(), "--database", restored).code()).isZero();
    assertThat(value(directory.resolve("restored.db"), "SELECT SUM(output) FROM rollup_day"))
        .isEqualTo("40");
    assertThat(run("verify", "--database", restored).code()).isZero();
    CommandRun again = run("restore", backup.toString(), "--database", restored);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("not empty");
    CommandRun over = run("backup", backup.toString(), "--database", database);
    assertThat(over.code()).isEqualTo(1);
    assertThat(over.err()).contains("must not exist");
  }

  /// `DATABASE_URL=file:./data/db.sqlite` is the peer's default, and `data` need not be there.
  @Test
  void databaseThatIsNamedIsMadeWithItsDirectoryForItsOwnerOnly() throws Exception {
    Path file = directory.resolve("new/data/db.sqlite");
    CommandRun run =
        CommandRun.of(
            directory, Map.of("DATABASE_URL", "file:" + file), List.of("import", peer() + ""));
    assertThat(run.err()).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    for (Path made : List.of(file.getParent(), file.getParent().getParent())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwx------");
    }
    Path taken = Files.writeString(directory.resolve("taken"), "");
    CommandRun none = run("import", peer().toString(), "--database", "file:" + taken + "/db");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).hasLineCount(1).contains("DATABASE_URL").doesNotContain("XDG", "null");
  }

  @Test
  void fileThatIsNotThePeersIsRefusedInOneSentence() throws IOException {
    Path other = directory.resolve("other.db");
    Files.writeString(
        other, "no database at all, but long enough to be looked at as one ".repeat(9));
    CommandRun run = run("import", other.toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("is not a database of claude-code-prometheus").hasLineCount(1);
  }

  @Test
  void peersFileIsNoDatabaseOfOursAndStaysAsItIs() throws SQLException {
    Path peer = peer();
    CommandRun run = run("verify", "--database", "file:" + peer);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("not Claudometer's").contains("import").hasLineCount(1);
    assertThat(value(peer, "SELECT COUNT(*) FROM UsageEntry")).isEqualTo("3");
  }

  @Test
  void allThatIsWrongWithAServersSettingsIsSaidAtOnceWithoutSecrets() {
    CommandRun run =
        CommandRun.of(
            directory,
            Map.of(
                "PORT", "30o0",
                "DATABASE_URL", "mysql://ada:canary@db/x",
                "REDIS_ENABLED", "maybe",
                "CLAUDOMETER_METRICS_TOKEN", "short",
                "CLAUDOMETER_ADMIN_KEY", "canary"),
            List.of("serve"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .hasLineCount(1)
        .contains("PORT has to be", "DATABASE_URL has to be file:PATH", "REDIS_ENABLED has to be")
        .contains("CLAUDOMETER_METRICS_TOKEN has to have", "CLAUDOMETER_ADMIN_KEY")
        .doesNotContain("canary");
  }

  @Test
  void keyOfAnotherProgramDoesNotKeepAServerFromStarting() {
    CommandRun run =
        CommandRun.of(
            directory,
            Map.of("APIKEY", "canary-of-another-program", "PORT", "30o0"),
            List.of("serve"));
    assertThat(run.err())
        .startsWith("claudometer: APIKEY is no admin key (sk-ant-admin…) and goes nowhere")
        .contains("PORT has to be")
        .doesNotContain("canary");
    assertThat(
            CommandRun.of(
                    directory, Map.of("APIKEY", "canary", "PORT", "30o0"), List.of("export", "org"))
                .err())
        .contains("APIKEY: this is no admin key");
  }

  @Test
  void homeThatDoesNotExistIsAnErrorOfTheExporterAndNotZeros() {
    Path none = directory.resolve("none");
    for (var named :
        List.of(Map.of("CLAUDE_HOME", none + ""), Map.of("CLAUDE_CONFIG_DIR", none + ""))) {
      CommandRun run = CommandRun.of(directory, named, List.of("export", "local", "--port", "x"));
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err())
          .hasLineCount(1)
          .contains("there is no Claude home " + none, "--port has to be a number");
    }
    assertThat(run("export", "local", "--home", none.toString()).err())
        .hasLineCount(1)
        .contains("there is no Claude home " + none);
    assertThat(run("serve", "--home", none.toString(), "--port", "99999").err())
        .hasLineCount(1)
        .contains("there is no Claude home " + none, "--port has to be a number");
    CommandRun usual = run("export", "local");
    assertThat(usual.code()).isEqualTo(2);
    assertThat(usual.err()).hasLineCount(1).contains("there is no Claude home", "--home");
  }

  @Test
  void everythingWrongWithAServersOptionsIsSaidAtOnce() {
    CommandRun run =
        run("serve", "--listen", "0.0.0.0", "--port", "99999", "--trusted-proxies", "nonsense");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("--port has to be a number up to 65535")
        .contains("--trusted-proxies: ")
        .contains("no network: 'nonsense'")
        .contains("--allow-plain-http")
        .hasLineCount(1);
  }

  @Test
  void shortSecretForScrapesIsRefusedAndNotShown() throws IOException {
    Path file = Files.writeString(directory.resolve("token"), "hunter2\n");
    CommandRun run =
        CommandRun.of(
            directory,
            Map.of("CLAUDOMETER_METRICS_TOKEN_FILE", file.toString()),
            List.of("serve", "--port", "0"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("CLAUDOMETER_METRICS_TOKEN", "at least 20 characters")
        .doesNotContain("hunter2")
        .hasLineCount(1);
  }

  @Test
  void databaseThatIsNoneIsRefused() {
    CommandRun run = run("backup", directory.resolve("b").toString(), "--database", "mysql://x/y");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("postgresql://USER:PASSWORD@HOST:5432/NAME");
  }

  /// The tables of the peer that hold usage, as Prisma makes them.
  private Path peer() throws SQLException {
    Path file = directory.resolve("peer.db");
    if (Files.exists(file)) {
      return file;
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      for (String sql :
          List.of(
              "CREATE TABLE Device (id TEXT PRIMARY KEY, name TEXT, hostname TEXT, apiKey TEXT,"
                  + " lastSeen DATETIME, createdAt DATETIME)",
              "CREATE TABLE Session (id TEXT PRIMARY KEY, sessionId TEXT, deviceId TEXT,"
                  + " project TEXT, startedAt DATETIME, endedAt DATETIME)",
              "CREATE TABLE UsageEntry (id TEXT PRIMARY KEY, sessionId TEXT, timestamp DATETIME,"
                  + " type TEXT, model TEXT, inputTokens INTEGER, outputTokens INTEGER,"
                  + " cacheCreationTokens INTEGER, cacheReadTokens INTEGER, costUSD REAL)",
              "INSERT INTO Device VALUES ('c1', 'mac', 'mac.local', 'dk_abcdefgh', 1, 1)",
              "INSERT INTO Session VALUES ('s1', 'session-1', 'c1', '-home-ada-loom', 1, 2)",
              "INSERT INTO UsageEntry VALUES ('u1', 's1', 1763640000000, 'assistant', NULL,"
                  + " 1, 20, 3, 4, 0.5)",
              "INSERT INTO UsageEntry VALUES ('u2', 's1', 1763640000000, 'assistant', NULL,"
                  + " 1, 20, 3, 4, 0.5)",
              "INSERT INTO UsageEntry VALUES ('u3', 's1', 1763640060000, 'assistant', NULL,"
                  + " 1, 20, 3, 4, 0.5)")) {
        statement.execute(sql);
      }
    }
    return file;
  }

  private static String value(Path file, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }
}

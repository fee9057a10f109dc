package dev.claudometer.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.store.sql.engine.SqlSession;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever writes makes every other session forget what it has in memory.
class WriterSessionTest {

  @TempDir private Path directory;

  @Test
  void serverHasOneSessionForAllThatItWritesHoweverManyReadMeanwhile() throws SQLException {
    try (var server = new SqliteDialect(directory.resolve("server.db"), Durability.POWER_CUT)) {
      SqlSession writer = lent(server, true);
      SqlSession reader = server.borrow(false);
      assertThat(reader).isNotSameAs(writer);
      assertThat(lent(server, true)).isSameAs(writer);
      assertThat(lent(server, false)).isNotSameAs(writer).isNotSameAs(reader);
      server.giveBack(reader, false);
      assertThat(lent(server, true)).isSameAs(writer);
      assertThat(lent(server, false)).isSameAs(reader);
    }
  }

  @Test
  void commandHasOneSessionForAllThatItDoes() throws SQLException {
    try (var command = new SqliteDialect(directory.resolve("local.db"), Durability.PROCESS)) {
      SqlSession only = lent(command, true);
      assertThat(lent(command, false)).isSameAs(only);
      assertThat(lent(command, true)).isSameAs(only);
    }
  }

  @Test
  void writerThatBrokeIsReplaced() throws SQLException {
    try (var server = new SqliteDialect(directory.resolve("server.db"), Durability.POWER_CUT)) {
      SqlSession writer = server.borrow(true);
      server.giveBack(writer, true);
      SqlSession next = lent(server, true);
      assertThat(next).isNotSameAs(writer);
      assertThat(lent(server, true)).isSameAs(next);
    }
  }

  private static SqlSession lent(SqliteDialect dialect, boolean forWriting) throws SQLException {
    SqlSession session = dialect.borrow(forWriting);
    dialect.giveBack(session, false);
    return session;
  }
}

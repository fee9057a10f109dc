package dev.claudometer.store.sqlite;

import dev.claudometer.model.Cause;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.sql.engine.Dialect;
import dev.claudometer.store.sql.engine.SqlSession;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// One database file: a session that writes, and some that read beside it.
final class SqliteDialect implements Dialect {

  private static final int SESSIONS = 5;
  private static final int BUSY_MILLIS = 60_000;

  private final Path file;
  private final Durability durability;
  private final ReentrantLock writing = new ReentrantLock();
  private final Semaphore lent = new Semaphore(SESSIONS);
  private final Deque<SqlSession> idle = new ArrayDeque<>();
  private @Nullable SqlSession writer;
  private boolean closed;

  SqliteDialect(Path file, Durability durability) {
    this.file = file;
    this.durability = durability;
  }

  @Override
  public Schema schema() {
    return new Schema(
        "sqlite",
        1,
        8,
        "PRAGMA user_version",
        "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        "SELECT 'SQLite: ' || integrity_check FROM pragma_integrity_check()"
            + " WHERE integrity_check <> 'ok'",
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'");
  }

  /// The session that was used last is lent first: a command that does one thing at a time has one.
  @Override
  public SqlSession borrow(boolean forWriting) throws SQLException {
    if (forWriting) {
      writing.lock();
    }
    lent.acquireUninterruptibly();
    boolean done = false;
    try {
      SqlSession session = idleOrNew(forWriting);
      done = true;
      return session;
    } finally {
      if (!done) {
        release(forWriting);
      }
    }
  }

  private void release(boolean forWriting) {
    lent.release();
    if (forWriting) {
      writing.unlock();
    }
  }

  private synchronized SqlSession idleOrNew(boolean forWriting) throws SQLException {
    if (closed) {
      throw new SQLException("the store is closed");
    }
    SqlSession session = idle.isEmpty() ? new SqlSession(connect(), false) : idle.pop();
    if (forWriting) {
      writer = session;
    }
    return session;
  }

  private Connection connect() throws SQLException {
    var config = new SQLiteConfig();
    // nobody asks for generated keys, and asking SQLite for them doubles the cost of an insert
    config.setGetGeneratedKeys(false);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = " + durability.synchronous());
      statement.execute("PRAGMA cache_size = -32000");
      statement.execute("PRAGMA wal_autocheckpoint = " + durability.pagesUntilCheckpoint());
      return connection;
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  @Override
  public void giveBack(SqlSession session, boolean broken) {
    boolean wasWriting;
    synchronized (this) {
      wasWriting = session.equals(writer);
      writer = wasWriting ? null : writer;
      if (broken || closed) {
        close(session);
      } else {
        idle.push(session);
      }
    }
    release(wasWriting);
  }

  @Override
  public void begin(SqlSession session, boolean forWriting) throws SQLException {
    session.execute(forWriting ? "BEGIN IMMEDIATE" : "BEGIN");
  }

  /// A commit that waits for the disk writes all earlier ones down as well.
  @Override
  public void settle(SqlSession session) throws SQLException {
    session.execute("PRAGMA synchronous = FULL");
    session.execute("BEGIN IMMEDIATE");
    session.execute("UPDATE ledger SET revision = revision");
    session.execute("COMMIT");
    session.execute("PRAGMA synchronous = " + durability.synchronous());
  }

  @Override
  public synchronized void rest() throws SQLException {
    for (SqlSession session : idle) {
      session.execute("PRAGMA shrink_memory");
    }
  }

  /// SQLite itself waits for its turn.
  @Override
  public boolean worthRepeating(SQLException failure) {
    return false;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!idle.isEmpty()) {
      close(idle.pop());
    }
  }

  private void close(SqlSession session) {
    try {
      session.connection().close();
    } catch (SQLException failure) {
      throw failed("close", failure);
    }
  }

  @Override
  public StoreException failed(String what, SQLException failure) {
    SQLiteErrorCode code =
        failure instanceof SQLiteException sqlite
            ? sqlite.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    return switch (code) {
      case SQLITE_CORRUPT,
          SQLITE_NOTADB,
          SQLITE_CORRUPT_INDEX,
          SQLITE_CORRUPT_SEQUENCE,
          SQLITE_CORRUPT_VTAB ->
          new StoreException(
              StoreException.Kind.CORRUPT, "The store " + file + " is damaged", failure);
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_BUSY_SNAPSHOT, SQLITE_BUSY_RECOVERY ->
          new StoreException(
              StoreException.Kind.BUSY,
              "Another process has held the store " + file + " for a minute: try again",
              failure);
      case SQLITE_FULL ->
          new StoreException(
              StoreException.Kind.UNUSABLE,
              "No space left for the store "
                  + file
                  + ": free some, then run again; nothing is lost",
              failure);
      case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_READONLY_DIRECTORY, SQLITE_PERM ->
          new StoreException(
              StoreException.Kind.UNUSABLE,
              "Cannot write the store " + file + ": this user may not write to it or its directory",
              failure);
      default ->
          new StoreException(
              StoreException.Kind.UNUSABLE,
              "Cannot " + what + " the store " + file + ": " + Cause.of(failure),
              failure);
    };
  }
}

package dev.claudometer.store.sqlite;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.claudometer.model.Cause;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.sql.engine.Dialect;
import dev.claudometer.store.sql.engine.SqlSession;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/// One database file: a session that writes, and some that read beside it.
final class SqliteDialect implements Dialect {

  private static final System.Logger LOG = System.getLogger("claudometer.store");

  private static final int SESSIONS = 5;
  private static final int PATIENCE_SECONDS = 10;
  private static final long LARGEST_LOG = 32L << 20;
  private static final int BUSY_MILLIS = 60_000;

  private final Path file;
  private final Durability durability;
  private final DatabaseFile named;
  private final ReentrantLock writing = new ReentrantLock();
  private final Semaphore lent = new Semaphore(SESSIONS);
  private final Deque<SqlSession> idle = new ArrayDeque<>();
  private final @Nullable LogMover mover;
  private volatile @Nullable SqlSession writer;

  /// The session that does all that is written, where there is one and it does nothing.
  private @Nullable SqlSession resting;

  private boolean closed;

  SqliteDialect(Path file, Durability durability) {
    this(file, durability, LogMover.Bounds.OF_A_SERVER);
  }

  /// @param bounds of the log, where there is one session that does all that is written
  SqliteDialect(Path file, Durability durability, LogMover.Bounds bounds) {
    this.file = file;
    this.durability = durability;
    named = new DatabaseFile(file, durability == Durability.POWER_CUT);
    mover = durability.hasWriter() ? new LogMover(this::lend, bounds) : null;
  }

  @Override
  public Schema schema() {
    return new Schema(
        "sqlite",
        3,
        8,
        "PRAGMA user_version",
        "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        "SELECT 'SQLite: ' || integrity_check FROM pragma_integrity_check()"
            + " WHERE integrity_check <> 'ok'",
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'",
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')");
  }

  /// The session that was used last is lent first: a command that does one thing at a time has one.
  @Override
  public boolean packs() {
    return true;
  }

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
    if (!forWriting) {
      return idle.isEmpty() ? opened(durability.cacheKilobytes()) : idle.pop();
    }
    SqlSession session = durability.hasWriter() ? ownWriter() : idleOrNew(false);
    writer = session;
    return session;
  }

  private SqlSession ownWriter() throws SQLException {
    SqlSession session = resting;
    resting = null;
    return session == null ? opened(durability.writersCacheKilobytes()) : session;
  }

  private SqlSession opened(int cacheKilobytes) throws SQLException {
    var session = new SqlSession(connect(cacheKilobytes), false);
    named.opened();
    return session;
  }

  private Connection connect(int cacheKilobytes) throws SQLException {
    var config = new SQLiteConfig();
    // nobody asks for generated keys, and asking SQLite for them doubles the cost of an insert
    config.setGetGeneratedKeys(false);
    // a session is one thread's at a time
    config.setOpenMode(SQLiteOpenMode.NOMUTEX);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = " + durability.synchronous());
      statement.execute("PRAGMA cache_size = -" + cacheKilobytes);
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
    if (!broken && session.equals(writer)) {
      look(session);
    }
    synchronized (this) {
      wasWriting = session.equals(writer);
      writer = wasWriting ? null : writer;
      if (broken || closed) {
        close(session);
      } else if (wasWriting && durability.hasWriter()) {
        resting = session;
      } else {
        idle.push(session);
      }
    }
    release(wasWriting);
  }

  private void look(SqlSession session) {
    if (mover != null) {
      mover.committed(session);
    }
    if (named.logBytes() > LARGEST_LOG) {
      emptyLog(session);
    }
  }

  private void lend(LogMover.Work work) throws SQLException {
    SqlSession session = borrow(false);
    boolean done = false;
    try {
      work.on(session);
      done = true;
    } finally {
      giveBack(session, !done);
    }
  }

  /// Follows the name, where the file that is open has it no longer: to the file that was put
  /// there, or to a copy of what is open where there is none.
  @Override
  public boolean refresh() throws SQLException {
    if (named.holder() == DatabaseFile.Holder.OPENED) {
      return false;
    }
    writing.lock();
    try {
      return alone(this::follow);
    } finally {
      writing.unlock();
    }
  }

  private interface Work {
    boolean run() throws SQLException;
  }

  /// Waits until all sessions have been given back: closing an old one later would take the log
  /// away from a new one, which has the same name.
  private boolean alone(Work work) throws SQLException {
    if (!everySession()) {
      throw new DatabaseFile.Lost("its file was deleted or replaced, and is still being read");
    }
    try {
      return work.run();
    } finally {
      lent.release(SESSIONS);
    }
  }

  private boolean everySession() {
    try {
      return lent.tryAcquire(SESSIONS, PATIENCE_SECONDS, SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized boolean follow() throws SQLException {
    DatabaseFile.Holder holder = named.holder();
    switch (holder) {
      case OPENED -> {
        return false;
      }
      case NOBODY -> {
        if (!open().isEmpty()) {
          named.restore(open().getFirst());
        }
      }
      case OVERWRITTEN -> named.separate();
      case ANOTHER, WITHOUT_LOG -> {}
    }
    closeAll();
    named.closed();
    LOG.log(WARNING, "the file {0} {1}", file, what(holder));
    return true;
  }

  private static String what(DatabaseFile.Holder holder) {
    return switch (holder) {
      case OPENED -> "is open";
      case NOBODY -> "was deleted while it was open: it was written again, nothing is lost";
      case ANOTHER -> "was replaced while it was open: what is there now is used";
      case OVERWRITTEN -> "was overwritten while it was open: what is there now is used";
      case WITHOUT_LOG -> "lost its log while it was open: it was written again, nothing is lost";
    };
  }

  @Override
  public void committed() throws SQLException {
    if (named.holder() != DatabaseFile.Holder.OPENED) {
      throw new DatabaseFile.Lost("its file was deleted or replaced");
    }
  }

  /// While somebody always reads, no checkpoint alone lets the log begin again: it would grow for
  /// ever. Whoever reads for long is not waited for.
  private static void emptyLog(SqlSession session) {
    try {
      session.execute("PRAGMA busy_timeout = 500");
      session.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      session.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
    } catch (SQLException tryAgain) {
      LOG.log(DEBUG, "the log was not emptied: " + Cause.of(tryAgain));
    }
  }

  @Override
  public void begin(SqlSession session, boolean forWriting) throws SQLException {
    session.execute(forWriting ? "BEGIN IMMEDIATE" : "BEGIN");
  }

  @Override
  public void settle() throws SQLException {
    named.settle();
  }

  @Override
  public synchronized void rest() throws SQLException {
    for (SqlSession session : open()) {
      session.execute("PRAGMA shrink_memory");
    }
  }

  /// The sessions that are not lent.
  private synchronized List<SqlSession> open() {
    List<SqlSession> open = new ArrayList<>(idle);
    if (resting != null) {
      open.add(resting);
    }
    return open;
  }

  @Override
  public boolean lacksTable(SQLException failure) {
    return failure.toString().contains("no such table");
  }

  /// SQLite itself waits for its turn.
  @Override
  public boolean worthRepeating(SQLException failure) {
    return false;
  }

  @Override
  public void close() {
    if (mover != null) {
      mover.close();
    }
    end();
  }

  private synchronized void end() {
    closed = true;
    closeAll();
  }

  private synchronized void closeAll() {
    if (resting != null) {
      idle.push(resting);
      resting = null;
    }
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
    if (failure instanceof DatabaseFile.Lost lost) {
      return new StoreException(
          StoreException.Kind.GONE, "The store " + file + ": " + lost.getMessage(), lost);
    }
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
              StoreException.Kind.FULL,
              "No space left for the store "
                  + file
                  + ": free some, then run again; nothing is lost",
              failure);
      case SQLITE_CANTOPEN ->
          new StoreException(
              StoreException.Kind.UNUSABLE,
              "Cannot write the store " + file + ": this user may not write to it or its directory",
              failure);
      case SQLITE_READONLY, SQLITE_READONLY_DIRECTORY, SQLITE_PERM ->
          new StoreException(
              StoreException.Kind.FORBIDDEN,
              "Cannot write the store " + file + ": this user may not write to it or its directory",
              failure);
      case SQLITE_IOERR_WRITE,
          SQLITE_IOERR_READ,
          SQLITE_IOERR_FSYNC,
          SQLITE_IOERR,
          SQLITE_IOERR_SHORT_READ ->
          new StoreException(
              StoreException.Kind.DISK,
              "The disk fails under the store " + file + ": " + Cause.of(failure),
              failure);
      default ->
          new StoreException(
              StoreException.Kind.UNUSABLE,
              "Cannot " + what + " the store " + file + ": " + Cause.of(failure),
              failure);
    };
  }
}

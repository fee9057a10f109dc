package dev.claudometer.store.sql.engine;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.claudometer.store.StoreException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Runs queries and transactions, each on a session of its own; what a transaction calls uses the
/// transaction's session.
public final class Database implements AutoCloseable {

  private static final int ATTEMPTS = 5;
  private static final int PATIENCE_SECONDS = 5;
  private static final String CONNECTION_FAILURE = "08006";

  private final Dialect dialect;
  private final ScopedValue<SqlSession> current = ScopedValue.newInstance();
  private final ScopedValue<SqlSession> writing = ScopedValue.newInstance();

  /// What a transaction collects in memory is shared by the threads of this process. The database's
  /// lock alone does not keep them apart: with a connection it is lost before its thread notices.
  private final ReentrantLock oneWriter = new ReentrantLock();

  private final ScopedValue<Boolean> checking = ScopedValue.newInstance();
  private final Rollbacks rollbacks = new Rollbacks();
  private volatile boolean checked;
  private long turn;

  private Database(Dialect dialect) {
    this.dialect = dialect;
  }

  /// Opens a database and brings its tables up to date.
  public static Database open(Dialect dialect) {
    var database = new Database(dialect);
    try {
      database.refresh();
      return database;
    } catch (StoreException failure) {
      dialect.close();
      throw failure;
    }
  }

  /// Work that uses SQL.
  public interface Work<T extends @Nullable Object> {
    T run() throws SQLException;
  }

  /// Runs work that writes: it sees what others have committed, nobody else writes meanwhile, and
  /// it is stored whole or not at all. Work that lost a race is run again.
  public <T extends @Nullable Object> T transaction(Work<T> work) {
    return transaction(work, () -> {});
  }

  /// The same, and runs `undone` after an attempt that was not stored.
  public <T extends @Nullable Object> T transaction(Work<T> work, Runnable undone) {
    if (writing.isBound()) {
      return joined(work);
    }
    refresh();
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(work, undone);
      } catch (SQLException failure) {
        checked &= !dialect.lacksTable(failure);
        if (attempt == ATTEMPTS || !dialect.worthRepeating(failure)) {
          throw dialect.failed("write", failure);
        }
      }
    }
  }

  /// Another database than before has its tables brought up to date like one that is opened.
  private void refresh() {
    try {
      checked &= !dialect.refresh();
    } catch (SQLException failure) {
      throw dialect.failed("write", failure);
    }
    if (!checked && !checking.isBound()) {
      ScopedValue.where(checking, true).run(() -> new Migrations(this, dialect.schema()).run());
      checked = true;
    }
  }

  /// A transaction within another is a part of it.
  private <T extends @Nullable Object> T joined(Work<T> work) {
    try {
      return work.run();
    } catch (SQLException failure) {
      throw dialect.failed("write", failure);
    }
  }

  private <T extends @Nullable Object> T attempt(Work<T> work, Runnable undone)
      throws SQLException {
    SqlSession session = dialect.borrow(true);
    boolean done = false;
    boolean usable = true;
    try {
      dialect.begin(session, true);
      T result = alone(session, work, undone);
      done = true;
      return result;
    } finally {
      if (!done) {
        usable = session.rollBack() && session.prepareAgain();
      }
      dialect.giveBack(session, !usable);
    }
  }

  private <T extends @Nullable Object> T alone(SqlSession session, Work<T> work, Runnable undone)
      throws SQLException {
    awaitTheOneBefore();
    boolean done = false;
    try {
      turn++;
      T result = ScopedValue.where(current, session).where(writing, session).call(work::run);
      session.commit();
      dialect.committed();
      done = true;
      return result;
    } finally {
      if (!done) {
        undone.run();
      }
      oneWriter.unlock();
    }
  }

  /// Does not wait for long: the database's lock, for which other processes wait, is held.
  private void awaitTheOneBefore() throws SQLException {
    try {
      if (oneWriter.tryLock() || oneWriter.tryLock(PATIENCE_SECONDS, SECONDS)) {
        return;
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    throw new SQLTransientConnectionException(
        "a transaction whose connection was lost has not ended yet", CONNECTION_FAILURE);
  }

  /// Reads on the session of the work that this is a part of, else on one of its own.
  public <T> List<T> query(String sql, SqlSession.RowReader<T> reader, Object... parameters) {
    return own(session -> session.query(sql, reader, parameters));
  }

  public long number(String sql) {
    return query(sql, row -> row.getLong(1)).getFirst();
  }

  /// Makes everything that is stored survive a power cut as well.
  public void settle() {
    try {
      dialect.settle();
    } catch (SQLException failure) {
      throw dialect.failed("write", failure);
    }
  }

  /// What is known of the database's being put back.
  public Rollbacks rollbacks() {
    return rollbacks;
  }

  /// Gives back what sessions remember that nobody uses.
  public void rest() {
    try {
      dialect.rest();
    } catch (SQLException failure) {
      throw dialect.failed("rest", failure);
    }
  }

  /// What the database takes on disk. Whether a column of texts takes bytes as well.
  public boolean packs() {
    return dialect.packs();
  }

  /// What the database takes on disk.
  public long bytes() {
    return number(dialect.schema().bytes());
  }

  public List<String> problems() {
    return query(dialect.schema().problems(), row -> row.getString(1));
  }

  private <T extends @Nullable Object> T own(Reading<T> reading) {
    try {
      return read(reading);
    } catch (SQLException failure) {
      throw dialect.failed("read", failure);
    }
  }

  /// Work on a session.
  public interface Reading<T extends @Nullable Object> {
    T on(SqlSession session) throws SQLException;
  }

  /// Reads everything as it was at one moment; within other work, as that sees it.
  public <T extends @Nullable Object> T snapshot(Reading<T> reading) {
    if (current.isBound()) {
      return own(reading);
    }
    return own(
        session -> {
          dialect.begin(session, false);
          try {
            return reading.on(session);
          } finally {
            session.rollBack();
          }
        });
  }

  private <T extends @Nullable Object> T read(Reading<T> reading) throws SQLException {
    if (current.isBound()) {
      return reading.on(current.get());
    }
    SqlSession session = dialect.borrow(false);
    boolean done = false;
    try {
      T result = ScopedValue.where(current, session).call(() -> reading.on(session));
      done = true;
      return result;
    } finally {
      dialect.giveBack(session, !done);
    }
  }

  /// Writes, within a transaction.
  ///
  /// @return how many rows have changed
  public int update(String sql, @Nullable Object... parameters) throws SQLException {
    return current.get().update(sql, parameters);
  }

  /// Writes, in a transaction of its own or as a part of the one that it is in.
  ///
  /// @return how many rows have changed
  public int write(String sql, @Nullable Object... parameters) {
    return transaction(() -> update(sql, parameters));
  }

  /// Tells a transaction that writes from every other of this process. Used within one.
  public long turn() {
    return turn;
  }

  /// Whether this is within a transaction that writes: what it reads may never be stored.
  public boolean isWriting() {
    return writing.isBound();
  }

  /// The transaction's session.
  public SqlSession session() {
    return current.get();
  }

  /// A statement of the transaction's session.
  public PreparedStatement statement(String sql) throws SQLException {
    return current.get().statement(sql);
  }

  @Override
  public void close() {
    dialect.close();
  }
}

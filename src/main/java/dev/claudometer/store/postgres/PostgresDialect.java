package dev.claudometer.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.claudometer.model.Cause;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.sql.engine.Dialect;
import dev.claudometer.store.sql.engine.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.util.Set;

/// A PostgreSQL database, or one that speaks like it.
///
/// A transaction locks the ledger's one row: so there is one writer at a time, whichever server it
/// is on, revisions are in the order of commits, and no two transactions can wait for each other.
final class PostgresDialect implements Dialect {

  private static final int CONNECTIONS = 8;
  private static final long CONNECT_MILLIS = 10_000;

  /// Serialization failure, deadlock, and a table that another server is just making.
  private static final Set<String> LOST_RACE = Set.of("40001", "40P01", "23505", "42P07");

  private static final String UNDEFINED_TABLE = "42P01";

  private static final String DISK_FULL = "53100";

  /// A transaction that idled too long, and too many connections: both pass.
  private static final Set<String> PASSING = Set.of("25P03", "53300");

  private static final String LEDGER =
      """
      CREATE TABLE IF NOT EXISTS ledger (
        one      INTEGER PRIMARY KEY CHECK (one = 1),
        version  INTEGER NOT NULL,
        revision BIGINT NOT NULL,
        horizon  BIGINT
      )\
      """;

  private static final String FIRST_ENTRY =
      "INSERT INTO ledger (one, version, revision) VALUES (1, 0, 0) ON CONFLICT (one) DO NOTHING";

  /// Who writes looks rows up by their keys: a planner that knows nothing of a new table yet would
  /// read it whole.
  private static final String WRITING =
      "SET LOCAL enable_seqscan = off; SELECT revision FROM ledger FOR UPDATE";

  private final HikariDataSource pool;
  private final String shown;

  private PostgresDialect(HikariDataSource pool, String shown) {
    this.pool = pool;
    this.shown = shown;
  }

  static PostgresDialect connect(String url) {
    PostgresUrl parts = PostgresUrl.of(url);
    var config = new HikariConfig();
    config.setJdbcUrl(parts.jdbc());
    config.setUsername(parts.user());
    config.setPassword(parts.password());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.addDataSourceProperty("ApplicationName", "claudometer");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("socketTimeout", "60");
    // else the message of a failed batch holds every value of it
    config.addDataSourceProperty("logServerErrorDetail", "false");
    // an answer is given only for what is durable; a server that vanished must not hold the lock
    config.addDataSourceProperty(
        "options",
        "-c synchronous_commit=on -c idle_in_transaction_session_timeout=30000"
            // a plan that was made for an empty table reads the whole of a large one
            + " -c plan_cache_mode=force_custom_plan");
    String shown = parts.jdbc().substring("jdbc:".length()).replaceAll("\\?.*", "");
    return connect(config, shown);
  }

  private static PostgresDialect connect(HikariConfig config, String shown) {
    try {
      var dialect = new PostgresDialect(new HikariDataSource(config), shown);
      dialect.prepare();
      return dialect;
    } catch (PoolInitializationException failure) {
      SQLException cause =
          failure.getCause() instanceof SQLException sql ? sql : new SQLException(failure);
      throw failed(shown, "reach", cause);
    }
  }

  private void prepare() {
    try (Connection connection = pool.getConnection()) {
      prepare(connection);
    } catch (SQLException failure) {
      pool.close();
      throw failed("prepare", failure);
    }
  }

  private void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try {
        statement.execute(LEDGER);
      } catch (SQLException another) {
        if (!worthRepeating(another)) {
          throw another;
        }
      }
      statement.execute(FIRST_ENTRY);
    }
  }

  @Override
  public Schema schema() {
    return new Schema(
        "postgres",
        3,
        7,
        "SELECT version FROM ledger",
        "SELECT pg_database_size(current_database())",
        // PostgreSQL checks its pages itself, when it reads them
        "SELECT '' WHERE 1 = 0",
        "SELECT COUNT(*) FROM information_schema.tables"
            + " WHERE table_schema = current_schema() AND table_name <> 'ledger'",
        "SELECT table_name FROM information_schema.tables"
            + " WHERE table_schema = current_schema()");
  }

  @Override
  public boolean packs() {
    return false;
  }

  @Override
  public SqlSession borrow(boolean writing) throws SQLException {
    return new SqlSession(pool.getConnection(), true);
  }

  @Override
  public void giveBack(SqlSession session, boolean broken) {
    try {
      if (broken) {
        pool.evictConnection(session.connection());
      }
      session.connection().close();
    } catch (SQLException failure) {
      throw failed("leave", failure);
    }
  }

  @Override
  public void begin(SqlSession session, boolean writing) throws SQLException {
    session.connection().setAutoCommit(false);
    session.execute(
        writing ? WRITING : "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
  }

  @Override
  public boolean refresh() {
    return false;
  }

  @Override
  public void committed() {}

  /// Each commit is durable.
  @Override
  public void settle() {}

  /// The memory is the database server's.
  @Override
  public void rest() {}

  @Override
  public boolean lacksTable(SQLException failure) {
    return UNDEFINED_TABLE.equals(failure.getSQLState());
  }

  @Override
  public boolean worthRepeating(SQLException failure) {
    return LOST_RACE.contains(String.valueOf(failure.getSQLState()));
  }

  @Override
  public StoreException failed(String what, SQLException failure) {
    return failed(shown, what, failure);
  }

  private static StoreException failed(String shown, String what, SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    if (state.equals(DISK_FULL)) {
      return new StoreException(
          StoreException.Kind.FULL,
          "No space left for the database " + shown + ": " + Cause.of(failure),
          failure);
    }
    boolean away = failure instanceof SQLTransientException || PASSING.contains(state);
    if (away || state.startsWith("08") || state.startsWith("57P") || state.startsWith("25006")) {
      return new StoreException(
          StoreException.Kind.BUSY,
          "Cannot reach the database " + shown + ": " + Cause.of(failure),
          failure);
    }
    return new StoreException(
        StoreException.Kind.UNUSABLE,
        "Cannot " + what + " the database " + shown + ": " + Cause.of(failure),
        failure);
  }

  @Override
  public void close() {
    pool.close();
  }
}

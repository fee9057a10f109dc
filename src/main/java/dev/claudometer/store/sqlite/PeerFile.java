package dev.claudometer.store.sqlite;

import dev.claudometer.model.Cause;
import dev.claudometer.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/// The SQLite file of claude-code-prometheus, opened to be read.
public final class PeerFile implements AutoCloseable {

  private static final String ENTRIES =
      """
      SELECT Session.sessionId, Session.project, UsageEntry.timestamp, UsageEntry.type,
        UsageEntry.model, UsageEntry.inputTokens, UsageEntry.outputTokens,
        UsageEntry.cacheCreationTokens, UsageEntry.cacheReadTokens
      FROM UsageEntry JOIN Session ON Session.id = UsageEntry.sessionId
      WHERE Session.deviceId = ?\
      """;

  private final Path file;
  private final Connection connection;

  private PeerFile(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /// A machine that the peer knew.
  ///
  /// @param key its key, which the peer keeps in the clear: `toString` hides it
  public record Machine(String id, String name, String hostname, String key) {

    @Override
    public String toString() {
      return "Machine[" + id + "]";
    }
  }

  /// A row of usage. What the peer booked for it is left out: it bills input less than it costs.
  public record Entry(
      String session,
      String project,
      Instant at,
      String type,
      @Nullable String model,
      long input,
      long output,
      long cacheCreation,
      long cacheRead) {}

  /// Opens the file; nothing is written to it.
  ///
  /// @throws StoreException where it cannot be read
  public static PeerFile open(Path file) {
    if (!Files.isReadable(file)) {
      throw new StoreException(
          StoreException.Kind.UNUSABLE, "no readable file " + file, new SQLException("absent"));
    }
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    try {
      return new PeerFile(file, config.createConnection("jdbc:sqlite:" + file));
    } catch (SQLException failure) {
      throw unreadable(file, failure);
    }
  }

  private static StoreException unreadable(Path file, SQLException failure) {
    return new StoreException(
        StoreException.Kind.UNUSABLE,
        file + " is not a database of claude-code-prometheus: " + Cause.of(failure),
        failure);
  }

  public List<Machine> machines() {
    var machines = new ArrayList<Machine>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT id, name, hostname, apiKey FROM Device ORDER BY createdAt");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        machines.add(
            new Machine(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
      }
      return machines;
    } catch (SQLException failure) {
      throw unreadable(file, failure);
    }
  }

  /// Hands over the entries of a machine, one by one.
  public void entries(Machine machine, Consumer<Entry> taker) {
    try (PreparedStatement select = connection.prepareStatement(ENTRIES)) {
      select.setString(1, machine.id());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          taker.accept(entry(row));
        }
      }
    } catch (SQLException failure) {
      throw unreadable(file, failure);
    }
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getString(1),
        row.getString(2),
        Instant.ofEpochMilli(row.getLong(3)),
        row.getString(4),
        row.getString(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw unreadable(file, failure);
    }
  }
}

package dev.claudometer.store.sql.registry;

import dev.claudometer.store.registry.Credential;
import dev.claudometer.store.registry.Credential.Kind;
import dev.claudometer.store.registry.Credentials;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NullableColumns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Digests of secrets.
final class CredentialTable implements Credentials {

  private static final String SELECT =
      """
      SELECT digest, kind, holder, label, role, prefix, address, created_at, last_used, expires_at,
        uses
      FROM credential
      """;

  private final Database database;

  CredentialTable(Database database) {
    this.database = database;
  }

  @Override
  public void add(Credential credential) {
    database.write(
        """
        INSERT INTO credential (digest, kind, holder, label, role, prefix, address, created_at,
          last_used, expires_at, uses) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        credential.digest(),
        credential.kind().name(),
        credential.holder(),
        credential.label(),
        credential.role(),
        credential.prefix(),
        credential.address(),
        credential.createdAt().toEpochMilli(),
        NullableColumns.millis(credential.lastUsed()),
        NullableColumns.millis(credential.expiresAt()),
        credential.uses());
  }

  @Override
  public @Nullable Credential find(Kind kind, String digest, Instant at) {
    return database
        .query(
            SELECT + "WHERE digest = ? AND kind = ? AND (expires_at IS NULL OR expires_at > ?)",
            CredentialTable::read,
            digest,
            kind.name(),
            at.toEpochMilli())
        .stream()
        .findFirst()
        .orElse(null);
  }

  @Override
  public void used(Map<String, Instant> times) {
    database.transaction(
        () -> {
          for (var time : times.entrySet()) {
            database.update(
                "UPDATE credential SET last_used = ? WHERE digest = ?",
                time.getValue().toEpochMilli(),
                time.getKey());
          }
          return times;
        });
  }

  @Override
  public @Nullable Credential redeem(Kind kind, String digest, Instant at) {
    Credential found = find(kind, digest, at);
    boolean taken = found != null && (less(kind, digest) || gone(kind, digest));
    return taken ? found : null;
  }

  private boolean less(Kind kind, String digest) {
    return database.write(
            "UPDATE credential SET uses = uses - 1 WHERE digest = ? AND kind = ? AND uses > 1",
            digest,
            kind.name())
        == 1;
  }

  private boolean gone(Kind kind, String digest) {
    return database.write(
            "DELETE FROM credential WHERE digest = ? AND kind = ?", digest, kind.name())
        == 1;
  }

  @Override
  public List<Credential> list(Kind kind, @Nullable String holder) {
    String order = " ORDER BY created_at DESC, digest";
    return holder == null
        ? database.query(SELECT + "WHERE kind = ?" + order, CredentialTable::read, kind.name())
        : database.query(
            SELECT + "WHERE kind = ? AND holder = ?" + order,
            CredentialTable::read,
            kind.name(),
            holder);
  }

  @Override
  public void expire(Kind kind, String holder, Instant at) {
    database.write(
        """
        UPDATE credential SET expires_at = ? WHERE kind = ? AND holder = ?
          AND (expires_at IS NULL OR expires_at > ?)\
        """,
        at.toEpochMilli(),
        kind.name(),
        holder,
        at.toEpochMilli());
  }

  @Override
  public void remove(Kind kind, String digest) {
    database.write("DELETE FROM credential WHERE digest = ? AND kind = ?", digest, kind.name());
  }

  @Override
  public void sweep(Instant at) {
    database.write("DELETE FROM credential WHERE expires_at <= ?", at.toEpochMilli());
  }

  private static Credential read(ResultSet row) throws SQLException {
    return new Credential(
        row.getString(1),
        Kind.valueOf(row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        Instant.ofEpochMilli(row.getLong(8)),
        NullableColumns.instant(row, 9),
        NullableColumns.instant(row, 10),
        row.getInt(11));
  }
}

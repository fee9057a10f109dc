package dev.claudometer.store.sql.registry;

import dev.claudometer.store.registry.Account;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.Accounts;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The people, and the hashes of their passwords.
final class AccountTable implements Accounts {

  private static final String SELECT = "SELECT id, name, role, disabled, created_at FROM account ";

  private final Database database;
  private final Ids ids;

  AccountTable(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  @Override
  public Account add(String name, Role role, String password, Instant at) {
    if (named(name) != null) {
      throw new NameTaken();
    }
    var account = new Account(ids.next("u_", at), name, role, false, at);
    database.write(
        """
        INSERT INTO account (id, name, role, password, disabled, created_at)
        VALUES (?, ?, ?, ?, ?, ?)\
        """,
        account.id(),
        name,
        role.name(),
        password,
        0,
        at.toEpochMilli());
    return account;
  }

  @Override
  public @Nullable Account find(String id) {
    return one("WHERE id = ?", id);
  }

  @Override
  public @Nullable Account named(String name) {
    return one("WHERE name = ?", name);
  }

  private @Nullable Account one(String where, String value) {
    return database.query(SELECT + where, AccountTable::read, value).stream()
        .findFirst()
        .orElse(null);
  }

  @Override
  public String password(String id) {
    return database
        .query("SELECT password FROM account WHERE id = ?", row -> row.getString(1), id)
        .stream()
        .findFirst()
        .orElse("");
  }

  @Override
  public void password(String id, String hash) {
    database.write("UPDATE account SET password = ? WHERE id = ?", hash, id);
  }

  @Override
  public List<Account> list() {
    return database.query(SELECT + "ORDER BY name", AccountTable::read);
  }

  @Override
  public void update(Account account) {
    database.write(
        "UPDATE account SET role = ?, disabled = ? WHERE id = ?",
        account.role().name(),
        account.disabled() ? 1 : 0,
        account.id());
    checkAdmin();
  }

  @Override
  public void remove(String id) {
    database.write("DELETE FROM account WHERE id = ?", id);
    checkAdmin();
  }

  private void checkAdmin() {
    if (list().stream().noneMatch(one -> one.role() == Role.ADMIN && !one.disabled())) {
      throw new LastAdmin();
    }
  }

  private static Account read(ResultSet row) throws SQLException {
    return new Account(
        row.getString(1),
        row.getString(2),
        Role.valueOf(row.getString(3)),
        row.getLong(4) == 1,
        Instant.ofEpochMilli(row.getLong(5)));
  }
}

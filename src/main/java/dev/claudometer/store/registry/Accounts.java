package dev.claudometer.store.registry;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The people. Changes happen within [Registry#change].
public interface Accounts {

  /// Adds a person.
  ///
  /// @param password the password's hash
  /// @throws NameTaken where somebody has that name
  Account add(String name, Account.Role role, String password, Instant at);

  @Nullable Account find(String id);

  @Nullable Account named(String name);

  /// The hash of a person's password.
  String password(String id);

  void password(String id, String hash);

  /// By name.
  List<Account> list();

  /// Writes the role and whether it is disabled.
  ///
  /// @throws LastAdmin where nobody would be left who may change anything
  void update(Account account);

  /// Removes a person.
  ///
  /// @throws LastAdmin where nobody would be left who may change anything
  void remove(String id);

  /// Somebody has that name.
  final class NameTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NameTaken() {
      super("there is a user with this name");
    }
  }

  /// The last administrator has to stay one.
  final class LastAdmin extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LastAdmin() {
      super("this is the last administrator: make somebody else one first");
    }
  }
}

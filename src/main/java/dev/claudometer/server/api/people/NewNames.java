package dev.claudometer.server.api.people;

import dev.claudometer.server.auth.Passwords;
import dev.claudometer.server.http.Problem;
import org.jspecify.annotations.Nullable;

/// What somebody new is called and logs in with.
final class NewNames {

  private static final int LONGEST_NAME = 64;

  private NewNames() {}

  /// The name of a user or a token.
  ///
  /// @throws Problem 422 where it cannot be one
  static String name(@Nullable String name) {
    if (name == null || !name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@+-]{0,63}")) {
      throw Problem.of(
          422,
          "'name' has to begin with a letter or digit, and to have at most "
              + LONGEST_NAME
              + " letters, digits, spaces and . _ @ + -");
    }
    return name;
  }

  /// The hash of a new password.
  ///
  /// @throws Problem 422 where it is too weak
  static String hash(Passwords passwords, @Nullable String password, String name) {
    String objection = passwords.objection(password == null ? "" : password, name);
    if (objection != null) {
      throw Problem.of(422, objection);
    }
    return passwords.hash(String.valueOf(password));
  }
}

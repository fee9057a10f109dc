package dev.claudometer.server.api.people;

import dev.claudometer.server.auth.Passwords;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.store.registry.Registry;
import org.jspecify.annotations.Nullable;

/// Asks somebody who has logged in for the password again.
public final class OwnPassword {

  private final Registry registry;
  private final Passwords passwords;
  private final Attempts attempts;

  public OwnPassword(Registry registry, Passwords passwords, Attempts attempts) {
    this.registry = registry;
    this.passwords = passwords;
    this.attempts = attempts;
  }

  /// The person who calls.
  ///
  /// @throws Problem 403 where it is none
  static Principal.User self(Call call) {
    if (call.principal() instanceof Principal.User user) {
      return user;
    }
    throw Problem.of(403, "only people have passwords and sessions");
  }

  /// Makes sure that the password is the caller's.
  ///
  /// @throws Problem 403 where it is wrong, 429 after too many wrong ones
  public Principal.User check(Call call, @Nullable String current) {
    Principal.User self = self(call);
    attempts.ofHolder(self.id());
    if (!passwords.matches(
        current == null ? "" : current, registry.accounts().password(self.id()))) {
      throw Problem.of(403, "the current password is wrong");
    }
    attempts.ofHolderWasRight(self.id());
    return self;
  }
}

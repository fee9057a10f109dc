package dev.claudometer.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Passwords: which are good enough, and their bcrypt hashes.
///
/// bcrypt looks at 72 bytes; longer passwords are first made short by SHA-512, so that all of them
/// counts.
public final class Passwords {

  /// A quarter of a second on a common machine.
  public static final int COST = 12;

  private static final int SHORTEST = 12;
  private static final int LONGEST = 256;

  private final int cost;
  private final String hashOfNobody;
  private final Set<String> common;

  /// A hash is a quarter of a second of a processor: attempts must not take all of them.
  private final Semaphore hashing =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

  /// @param cost each step doubles the work
  public Passwords(int cost) {
    this.cost = cost;
    hashOfNobody = hash("nobody has this password");
    common = common();
  }

  public String hash(String password) {
    return BCrypt.with(LongPasswordStrategies.hashSha512(BCrypt.Version.VERSION_2A))
        .hashToString(cost, password.toCharArray());
  }

  /// Whether the password is that of the hash. Takes the same time where there is no hash.
  public boolean matches(String password, @Nullable String hash) {
    String asked = hash == null || hash.isEmpty() ? hashOfNobody : hash;
    boolean matches = password.length() <= LONGEST && verified(password, asked);
    return matches && !asked.equals(hashOfNobody);
  }

  private boolean verified(String password, String hash) {
    hashing.acquireUninterruptibly();
    try {
      return BCrypt.verifyer(
              BCrypt.Version.VERSION_2A,
              LongPasswordStrategies.hashSha512(BCrypt.Version.VERSION_2A))
          .verify(password.toCharArray(), hash)
          .verified;
    } finally {
      hashing.release();
    }
  }

  /// What speaks against a new password, or null.
  public @Nullable String objection(String password, String name) {
    String plain = password.toLowerCase(Locale.ROOT);
    if (password.codePointCount(0, password.length()) < SHORTEST) {
      return "a password has at least " + SHORTEST + " characters";
    }
    if (password.length() > LONGEST) {
      return "a password has at most " + LONGEST + " characters";
    }
    if (name.length() > 2 && plain.contains(name.toLowerCase(Locale.ROOT))) {
      return "the password contains the user name";
    }
    if (plain.chars().distinct().count() < 5) {
      return "the password repeats too few characters";
    }
    return common.contains(plain) ? "the password is a common one" : null;
  }

  private static Set<String> common() {
    try (InputStream in = Passwords.class.getResourceAsStream("common-passwords.txt")) {
      if (in == null) {
        throw new IllegalStateException("missing common-passwords.txt");
      }
      return new String(in.readAllBytes(), UTF_8).lines().collect(Collectors.toUnmodifiableSet());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

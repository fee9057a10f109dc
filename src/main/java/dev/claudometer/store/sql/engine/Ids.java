package dev.claudometer.store.sql.engine;

import java.security.SecureRandom;
import java.time.Instant;

/// Makes ids that nobody has, in the order of time: ten characters of time, sixteen of chance.
public final class Ids {

  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int TIME = 10;
  private static final int CHANCE = 16;

  private final SecureRandom random = new SecureRandom();

  public String next(String prefix, Instant at) {
    var id = new StringBuilder(prefix);
    for (int i = TIME - 1; i >= 0; i--) {
      id.append(DIGITS.charAt((int) (at.toEpochMilli() >>> (5 * i)) & 31));
    }
    for (int i = 0; i < CHANCE; i++) {
      id.append(DIGITS.charAt(random.nextInt(32)));
    }
    return id.toString();
  }
}

package dev.claudometer.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/// Makes secrets, and what is kept of them.
///
/// A secret has 256 bits of chance, so that its plain SHA-256 tells nobody anything (ASVS 11.4). It
/// is looked up by its digest: no secret is ever compared with another.
public final class Secrets {

  private static final String CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int CODE_LENGTH = 10;

  private final SecureRandom random = new SecureRandom();

  /// A secret: shown to its holder once.
  ///
  /// @param text never printed by accident: `toString` hides it
  public record Secret(String text) {

    /// What may be shown of it afterwards.
    public String prefix() {
      return text.substring(0, Math.min(8, text.length()));
    }

    public String digest() {
      return Secrets.digest(text);
    }

    @Override
    public String toString() {
      return "Secret[…]";
    }
  }

  /// 256 bits of chance.
  ///
  /// @param prefix tells people what it is: `dk_`
  public Secret next(String prefix) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return new Secret(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// Fifty bits of chance that can be typed: `7K2QH-9XRTB`. Good for ten minutes, once.
  public Secret code() {
    var code = new StringBuilder();
    for (int i = 0; i < CODE_LENGTH; i++) {
      code.append(i == CODE_LENGTH / 2 ? "-" : "");
      code.append(CODE_LETTERS.charAt(random.nextInt(CODE_LETTERS.length())));
    }
    return new Secret(code.toString());
  }

  /// A code as it was issued, however it was typed.
  public static String normalised(String code) {
    String letters =
        code.toUpperCase(Locale.ROOT)
            .replace('O', '0')
            .replace('I', '1')
            .replace('L', '1')
            .replaceAll("[^0-9A-Z]", "");
    return letters.length() == CODE_LENGTH
        ? letters.substring(0, CODE_LENGTH / 2) + "-" + letters.substring(CODE_LENGTH / 2)
        : letters;
  }

  /// SHA-256, in hex.
  public static String digest(String secret) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}

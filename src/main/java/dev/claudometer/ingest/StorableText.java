package dev.claudometer.ingest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A text in a form that every store keeps as it is, so that copies still meet.
///
/// Databases refuse NUL and halves of surrogate pairs, and index at most some 2,600 bytes. Such
/// texts do not occur but by accident or malice: they are changed, always in the same way.
final class StorableText {

  private static final int MOST_CHARS = 850;
  private static final int KEPT_CHARS = 800;
  private static final char REPLACEMENT = '\uFFFD';

  private StorableText() {}

  /// The text itself where it can be stored; else without what cannot, and cut to a length at which
  /// a checksum keeps different texts apart.
  static String of(String text) {
    if (fits(text)) {
      return text;
    }
    var clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c ->
                clean.appendCodePoint(
                    c == 0 || (c <= Character.MAX_VALUE && Character.isSurrogate((char) c))
                        ? REPLACEMENT
                        : c));
    if (clean.length() <= MOST_CHARS) {
      return clean.toString();
    }
    int end = Character.isHighSurrogate(clean.charAt(KEPT_CHARS - 1)) ? KEPT_CHARS - 1 : KEPT_CHARS;
    return clean.substring(0, end) + "…" + checksum(clean.toString());
  }

  private static String checksum(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /// A plain loop: this sees every character of every event. Whole surrogate pairs are refused as
  /// well at this look, and kept by the next.
  static boolean fits(String text) {
    int length = text.length();
    if (length > MOST_CHARS) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }
}

package dev.claudometer.store.sql.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/// Hashes of numbered entries of which each holds the one before: none can be changed or left out
/// unnoticed.
public final class HashChain {

  private HashChain() {}

  /// The hash of an entry, in hexadecimal digits. Each text stands with its length, so that none
  /// can pass for a part of its neighbour.
  ///
  /// @param before the hash of the entry before; empty for the first
  public static String hash(String before, long number, Instant at, List<String> texts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(ByteBuffer.allocate(16).putLong(number).putLong(at.toEpochMilli()).array());
      add(sha, before);
      texts.forEach(text -> add(sha, text));
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static void add(MessageDigest sha, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    sha.update(bytes);
  }
}

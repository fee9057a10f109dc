package dev.claudometer.app.answer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// What a launcher gets: a line `code lines bytes`, as many lines for stderr, as many bytes for
/// stdout. A launcher that gets anything else runs the command itself.
final class PrintedAnswer {

  private static final byte[] DECLINED = "no\n".getBytes(US_ASCII);

  private PrintedAnswer() {}

  /// What is no answer.
  static byte[] declined() {
    return DECLINED.clone();
  }

  /// What a command has printed, as it is sent; null where a shell could not print it as it is.
  static byte @Nullable [] of(int code, byte[] err, byte[] out) {
    boolean whole = err.length == 0 || err[err.length - 1] == '\n';
    if (!whole || count(err, 0) > 0 || count(out, 0) > 0) {
      return null;
    }
    byte[] head = (code + " " + count(err, '\n') + " " + out.length + "\n").getBytes(US_ASCII);
    var all = new ByteArrayOutputStream(head.length + err.length + out.length);
    all.writeBytes(head);
    all.writeBytes(err);
    all.writeBytes(out);
    return all.toByteArray();
  }

  private static int count(byte[] bytes, int wanted) {
    int count = 0;
    for (byte each : bytes) {
      if (each == wanted) {
        count++;
      }
    }
    return count;
  }
}

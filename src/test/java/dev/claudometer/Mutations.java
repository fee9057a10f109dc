package dev.claudometer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/// Makes of what is right what is almost right.
public final class Mutations {

  private static final String[] PIECES = {
    "\"",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "null",
    "-1",
    "1e999",
    "9223372036854775808",
    "\\u0000",
    "\\ud800",
    "true",
    "NaN",
    "\"\"",
    "0.0000000000000000000001",
    "{\"a\":".repeat(70),
    "\uFFFF"
  };

  private Mutations() {}

  /// Deletes, inserts, replaces, repeats or flips a few bytes, once or a few times.
  public static byte[] of(byte[] body, Random random) {
    byte[] now = body;
    for (int times = random.nextInt(4); times >= 0; times--) {
      int at = random.nextInt(now.length + 1);
      int to = Math.min(now.length, at + random.nextInt(30));
      now =
          switch (random.nextInt(5)) {
            case 0 -> spliced(now, at, to, new byte[0]);
            case 1 -> spliced(now, at, at, PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8));
            case 2 -> spliced(now, at, to, PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8));
            case 3 -> spliced(now, at, at, Arrays.copyOfRange(now, at, to));
            default -> flipped(now, random);
          };
    }
    return now;
  }

  private static byte[] spliced(byte[] body, int from, int to, byte[] piece) {
    var out = new ByteArrayOutputStream();
    out.write(body, 0, from);
    out.writeBytes(piece);
    out.write(body, to, body.length - to);
    return out.toByteArray();
  }

  private static byte[] flipped(byte[] body, Random random) {
    byte[] now = body.clone();
    if (now.length > 0) {
      now[random.nextInt(now.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return now;
  }
}

package dev.claudometer.app.answer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One connection: first it is read from, then an answer is made for it, then it is written to.
/// Belongs to the thread of its [Door].
final class Caller {

  private static final int FIRST_BYTES = 4_096;
  private static final int MOST_BYTES = 1 << 20;
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  /// A caller that is stopped in the middle of an answer comes to nothing.
  private static final long PATIENCE_WRITING_NANOS = 30_000_000_000L;

  /// Says that an answer is being made.
  private static final byte[] SIGN_OF_LIFE = {'\n'};

  private final SocketChannel channel;
  private final byte[] token;
  private byte[] read = new byte[FIRST_BYTES];
  private int length;
  private long since = System.nanoTime();
  private @Nullable ByteBuffer answer;
  private boolean answering;

  Caller(SocketChannel channel, String token) {
    this.channel = channel;
    this.token = (token + '\0').getBytes(US_ASCII);
  }

  /// Reads what has arrived.
  ///
  /// @return what is asked, null where that is not whole yet
  /// @throws IOException where it never will be, also because somebody else asks
  @Nullable Asked read() throws IOException {
    if (length == read.length) {
      read = Arrays.copyOf(read, Math.min(MOST_BYTES, 2 * length));
    }
    int some = channel.read(ByteBuffer.wrap(read, length, read.length - length));
    if (some < 0 || (some == 0 && length == MOST_BYTES)) {
      throw new IOException("ended early");
    }
    length += some;
    if (!known()) {
      return null;
    }
    try {
      return Asked.of(read, token.length, length);
    } catch (Asked.Unusable nonsense) {
      throw new IOException(nonsense);
    }
  }

  /// Whoever has the token may read the state directory, and is its owner.
  private boolean known() throws IOException {
    if (length < token.length) {
      return false;
    }
    if (!MessageDigest.isEqual(token, Arrays.copyOf(read, token.length))) {
      throw new IOException("a stranger");
    }
    return true;
  }

  /// From now on it waits for its answer.
  void answering(SelectionKey key) {
    answering = true;
    read = new byte[0];
    key.interestOps(0);
  }

  /// Begins to write the answer.
  void answer(ByteBuffer bytes, SelectionKey key) throws IOException {
    answering = false;
    since = System.nanoTime();
    answer = bytes;
    write(key);
  }

  /// Writes as much as can be, and hangs up after the end.
  void write(SelectionKey key) throws IOException {
    ByteBuffer rest = answer;
    if (rest != null && channel.write(rest) > 0) {
      since = System.nanoTime();
    }
    if (rest != null && rest.hasRemaining()) {
      key.interestOps(SelectionKey.OP_WRITE);
    } else {
      channel.close();
    }
  }

  /// What is due once a second.
  ///
  /// @throws IOException where it has taken too long, or has gone
  void tick() throws IOException {
    long waited = System.nanoTime() - since;
    if (answering) {
      channel.write(ByteBuffer.wrap(SIGN_OF_LIFE));
    } else if (waited > (answer == null ? PATIENCE_NANOS : PATIENCE_WRITING_NANOS)) {
      throw new IOException("too slow");
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException gone) {
      // as is wanted
    }
  }
}

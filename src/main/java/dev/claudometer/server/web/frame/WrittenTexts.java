package dev.claudometer.server.web.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Iterator;

/// Texts one after the other, each made when it is read.
final class WrittenTexts extends InputStream {

  private static final int TEXTS_AT_ONCE = 100;

  private final Iterator<String> left;
  private ByteArrayInputStream some = new ByteArrayInputStream(new byte[0]);

  WrittenTexts(Iterator<String> left) {
    this.left = left;
  }

  @Override
  public int read() {
    fill();
    return some.read();
  }

  @Override
  public int read(byte[] into, int from, int most) {
    fill();
    return some.read(into, from, most);
  }

  private void fill() {
    if (some.available() == 0 && left.hasNext()) {
      var texts = new StringBuilder();
      for (int i = 0; i < TEXTS_AT_ONCE && left.hasNext(); i++) {
        texts.append(left.next());
      }
      some = new ByteArrayInputStream(texts.toString().getBytes(UTF_8));
    }
  }
}

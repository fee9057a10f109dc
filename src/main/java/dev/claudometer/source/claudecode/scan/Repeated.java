package dev.claudometer.source.claudecode.scan;

import java.util.Arrays;

/// A text that mostly is the one that was read before in the same place: the same bytes give the
/// same string, which later comparisons see at once.
public final class Repeated {

  private byte[] bytes = new byte[64];
  private int length;
  private String text = "";

  /// The current text of `json`.
  public String of(Json json) {
    int from = json.textFrom;
    int to = json.textTo;
    if (to - from != length || !Arrays.equals(json.bytes, from, to, bytes, 0, length)) {
      text = json.text();
      length = to - from;
      if (length > bytes.length) {
        bytes = new byte[length * 2];
      }
      System.arraycopy(json.bytes, from, bytes, 0, length);
    }
    return text;
  }
}

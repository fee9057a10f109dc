package dev.claudometer.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A session that a later one may continue as a fork: the same lines, ids and times under a new
/// session id.
record History(String session, Era era, Slice text, long end) {
  private static final byte[] REQUEST =
      "{\"type\":\"api-request".getBytes(StandardCharsets.US_ASCII);

  /// Copies whole lines, up to `most` bytes, without the requests: the fork sent none of them.
  void copy(Bytes out, long most, String fork) {
    byte[] from = ("\"sessionId\":\"" + session + '"').getBytes(StandardCharsets.US_ASCII);
    String to = "'sessionId':'" + fork + "'";
    if (era == Era.TRACED) {
      to += ",'requestSessionId':'" + session + "'";
    }
    byte[] array = text.array();
    int line = 0;
    for (int i = 0; i < array.length && i < most; i++) {
      if (array[i] == '\n') {
        if (!isRequest(array, line, i + 1)) {
          copyLine(out, array, line, i + 1, from, to);
        }
        line = i + 1;
      }
    }
  }

  private static boolean isRequest(byte[] array, int start, int end) {
    return end - start > REQUEST.length
        && Arrays.equals(array, start, start + REQUEST.length, REQUEST, 0, REQUEST.length);
  }

  private static void copyLine(
      Bytes out, byte[] array, int start, int end, byte[] from, String to) {
    int rest = start;
    for (int i = start; i + from.length <= end; i++) {
      if (array[i] == '"' && Arrays.equals(array, i, i + from.length, from, 0, from.length)) {
        out.put(array, rest, i);
        out.put(to);
        i += from.length - 1;
        rest = i + 1;
      }
    }
    out.put(array, rest, end);
  }
}

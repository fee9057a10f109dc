package dev.claudometer.bench;

/// A stretch of ready-made JSON string content, in UTF-8.
record Slice(byte[] array, int from, int to) {

  int length() {
    return to - from;
  }
}

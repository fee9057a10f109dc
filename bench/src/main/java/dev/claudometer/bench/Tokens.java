package dev.claudometer.bench;

/// The tokens of one response, in the five classes that are billed at different rates.
record Tokens(long input, long output, long cacheWrite5m, long cacheWrite1h, long cacheRead) {
  static final Tokens NONE = new Tokens(0, 0, 0, 0, 0);

  long cacheWrite() {
    return cacheWrite5m + cacheWrite1h;
  }

  long total() {
    return input + output + cacheWrite() + cacheRead;
  }

  Tokens plus(Tokens other) {
    return new Tokens(
        input + other.input,
        output + other.output,
        cacheWrite5m + other.cacheWrite5m,
        cacheWrite1h + other.cacheWrite1h,
        cacheRead + other.cacheRead);
  }
}

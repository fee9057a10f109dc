package dev.claudometer.bench;

import java.util.List;

/// Random choices that are the same on every machine and every JDK (SplitMix64 and strict
/// arithmetic).
final class Dice {
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String HEX = "0123456789abcdef";
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  /// @param purpose keeps the choices for one thing independent of those for another
  Dice(long seed, String purpose) {
    state = seed * GOLDEN;
    for (int i = 0; i < purpose.length(); i++) {
      state = next() ^ purpose.charAt(i);
    }
  }

  int below(int bound) {
    return (int) (fraction() * bound);
  }

  int between(int low, int high) {
    return low + below(high - low);
  }

  boolean chance(double probability) {
    return fraction() < probability;
  }

  double fraction() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  double exponential(double mean) {
    return -mean * StrictMath.log(1 - fraction());
  }

  /// Half of all answers are below the median; `spread` 1 puts one in ten above 3.6 times of it.
  int logNormal(double median, double spread, int most) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - fraction()));
    double normal = radius * StrictMath.cos(2 * StrictMath.PI * fraction());
    return (int) Math.min(most, median * StrictMath.exp(spread * normal));
  }

  <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /// The index of one of the weights, each as likely as it is heavy.
  int weighted(double... weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double rest = fraction() * sum;
    for (int i = 0; i < weights.length; i++) {
      rest -= weights[i];
      if (rest < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  String uuid() {
    char[] text = hexadecimal(36);
    text[8] = text[13] = text[18] = text[23] = '-';
    text[14] = '4';
    text[19] = "89ab".charAt(below(4));
    return new String(text);
  }

  String hex(int length) {
    return new String(hexadecimal(length));
  }

  String id(String prefix, int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = BASE62.charAt(below(62));
    }
    return prefix + new String(text);
  }

  private char[] hexadecimal(int length) {
    char[] text = new char[length];
    long bits = 0;
    for (int i = 0; i < length; i++) {
      bits = i % 16 == 0 ? next() : bits >>> 4;
      text[i] = HEX.charAt((int) bits & 15);
    }
    return text;
  }

  private long next() {
    state += GOLDEN;
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

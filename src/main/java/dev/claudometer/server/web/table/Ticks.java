package dev.claudometer.server.web.table;

import java.util.ArrayList;
import java.util.List;

/// Round values along an axis, three to seven of them.
record Ticks(double first, double step, double last) {

  /// Values that `low` and `high` lie between.
  static Ticks of(double low, double high) {
    double span = Math.max(high - low, 1e-9);
    double power = Math.pow(10, Math.floor(Math.log10(span / 4)));
    double step = power * 10;
    for (double factor : new double[] {1, 2, 2.5, 5}) {
      if (span / (power * factor) <= 5) {
        step = power * factor;
        break;
      }
    }
    return new Ticks(Math.floor(low / step) * step, step, Math.ceil(high / step) * step);
  }

  List<Double> values() {
    List<Double> values = new ArrayList<>();
    for (int i = 0; first + i * step <= last + step / 2; i++) {
      values.add(first + i * step);
    }
    return values;
  }

  /// How far up a value is: 0 at the first tick, 1 at the last.
  double share(double value) {
    return last == first ? 0 : (value - first) / (last - first);
  }
}

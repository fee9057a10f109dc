package dev.claudometer.cli.options;

import dev.claudometer.app.process.WrongUsage;
import java.util.ArrayList;
import java.util.List;

/// All that is wrong with what was typed, said at once: who has corrected one value should not have
/// to learn of the next one.
final class WrongValues {

  private final List<String> said = new ArrayList<>();

  /// Notes what is wrong where a value is read.
  WrongValues in(Runnable reading) {
    try {
      reading.run();
    } catch (WrongUsage wrong) {
      said.add(wrong.getMessage());
    }
    return this;
  }

  /// Says it.
  ///
  /// @throws WrongUsage where anything is wrong
  void say() {
    if (!said.isEmpty()) {
      throw new WrongUsage(String.join("; ", said));
    }
  }
}

package dev.claudometer.collect;

import dev.claudometer.store.bill.Billing.Placed;
import java.util.ArrayList;
import java.util.List;

/// What came of a round.
///
/// @param failures one sentence each; empty where everything that was due was told
public record Outcome(Placed placed, List<String> failures) {

  static final Outcome NOTHING = new Outcome(Placed.NOTHING, List.of());

  public Outcome {
    failures = List.copyOf(failures);
  }

  static Outcome failed(Placed placed, String sentence) {
    return new Outcome(placed, List.of(sentence));
  }

  Outcome plus(Outcome other) {
    List<String> all = new ArrayList<>(failures);
    other.failures.stream().filter(failure -> !all.contains(failure)).forEach(all::add);
    return new Outcome(placed.plus(other.placed), all);
  }
}

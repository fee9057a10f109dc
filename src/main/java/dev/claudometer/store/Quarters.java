package dev.claudometer.store;

import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What all usage was, quarter hour by quarter hour.
public interface Quarters {

  /// A quarter hour with usage.
  ///
  /// @param at its beginning
  /// @param models that were used in it, in any order
  record Quarter(Instant at, List<String> models, Totals totals) {}

  /// A quarter hour's first and last response.
  ///
  /// @param at its beginning
  record Ends(Instant at, Instant first, Instant last) {}

  /// When a model was first used in a quarter hour.
  ///
  /// @param at its beginning
  record FirstUse(Instant at, String model, Instant first) {}

  /// Those from an instant on, in their order.
  List<Quarter> quarters(Instant from);

  /// Before which instant no quarter hour has changed since a revision of the store; null where
  /// none has.
  @Nullable Instant changedAfter(long revision);

  /// The first and the last response of some quarter hours, as far as they are kept.
  ///
  /// @param quarters their beginnings
  List<Ends> ends(List<Instant> quarters);

  /// When the models of some quarter hours were first used in them, as far as that is kept.
  ///
  /// @param quarters their beginnings
  List<FirstUse> firstUses(List<Instant> quarters);

  /// The models of the responses of one instant, in the order of these responses.
  List<String> modelsAt(Instant at);
}

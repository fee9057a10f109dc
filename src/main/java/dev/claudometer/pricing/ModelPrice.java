package dev.claudometer.pricing;

import java.time.Instant;
import java.util.List;

/// A row of the price book: what a model costs and cost.
///
/// @param id the model's canonical id
/// @param aliases other ids of the same model
/// @param source where the prices were published
/// @param periods by time, the current one last
public record ModelPrice(
    String id, List<String> aliases, String source, List<PricePeriod> periods) {

  public ModelPrice {
    aliases = List.copyOf(aliases);
    periods = List.copyOf(periods);
  }

  /// Whether an id is this model's, or is with its date taken away.
  boolean isCalled(String name) {
    return id.equals(name) || aliases.contains(name) || ModelId.undated(id).equals(name);
  }

  /// The period that an instant falls into.
  public PricePeriod at(Instant at) {
    for (PricePeriod period : periods) {
      if (period.holds(at)) {
        return period;
      }
    }
    return periods.getLast();
  }
}

package dev.claudometer.wire;

import dev.claudometer.model.Claim;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.Observation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST /api/v1/events`: what an agent has observed.
///
/// @param agent who sends, as `claudometer/0.1.0`
/// @param claim what the agent believes that the server has, null where an older one does not say
/// @param entries what can be taken, by index
/// @param rejected what cannot, by index
public record Delivery(
    String agent, @Nullable Claim claim, List<DeliveryEntry> entries, List<Rejected> rejected) {

  /// The protocol's version.
  static final int PROTOCOL = 1;

  /// Elements in one delivery at most.
  public static final int MOST_OBSERVATIONS = 10_000;

  public Delivery {
    entries = List.copyOf(entries);
    rejected = List.copyOf(rejected);
  }

  /// A delivery to send. Observations come before readings: whoever stores a reading has what was
  /// read.
  public static Delivery of(
      String agent, List<? extends Observation> observations, List<FileRead> readings) {
    List<DeliveryEntry> entries = new ArrayList<>();
    observations.forEach(fact -> entries.add(new DeliveryEntry.Observed(entries.size(), fact)));
    readings.forEach(reading -> entries.add(new DeliveryEntry.Reading(entries.size(), reading)));
    return new Delivery(agent, null, entries, List.of());
  }

  /// The same, with a claim.
  public Delivery with(Claim claimed) {
    return new Delivery(agent, claimed, entries, rejected);
  }
}

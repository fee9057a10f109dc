package dev.claudometer.reconcile;

import dev.claudometer.model.Usd;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Parts of a difference while they are added up, each with what it is of.
final class Tally {

  private final Map<DifferenceCause, Long> nanos = new EnumMap<>(DifferenceCause.class);
  private final Map<DifferenceCause, TreeSet<String>> of = new EnumMap<>(DifferenceCause.class);

  /// A part of nothing is none.
  ///
  /// @param what keys, models or days that it is of; empty to name none
  void add(DifferenceCause cause, long amount, String what) {
    if (amount == 0) {
      return;
    }
    nanos.merge(cause, amount, Math::addExact);
    if (!what.isEmpty()) {
      of.computeIfAbsent(cause, _ -> new TreeSet<>()).add(what);
    }
  }

  void add(Tally other) {
    other.nanos.forEach((cause, amount) -> nanos.merge(cause, amount, Math::addExact));
    other.of.forEach(
        (cause, names) -> of.computeIfAbsent(cause, _ -> new TreeSet<>()).addAll(names));
  }

  long sum() {
    return nanos.values().stream().reduce(0L, Math::addExact);
  }

  /// In the order of the causes.
  List<Part> parts() {
    return nanos.entrySet().stream()
        .map(
            part ->
                new Part(
                    part.getKey(),
                    new Usd(part.getValue()),
                    List.copyOf(of.getOrDefault(part.getKey(), new TreeSet<>()))))
        .toList();
  }
}

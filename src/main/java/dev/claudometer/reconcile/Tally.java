package dev.claudometer.reconcile;

import dev.claudometer.model.Usd;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Parts of a difference while they are added up, each with what it is of.
final class Tally {

  private final Map<DifferenceCause, Long> nanos = new EnumMap<>(DifferenceCause.class);
  private final Map<DifferenceCause, Set<String>> of = new EnumMap<>(DifferenceCause.class);

  /// A part of nothing is none.
  ///
  /// @param what keys, models or days that it is of; empty to name none
  void add(DifferenceCause cause, long amount, String what) {
    add(cause, amount, what.isEmpty() ? List.of() : List.of(what));
  }

  void add(DifferenceCause cause, long amount, List<String> what) {
    if (amount != 0) {
      nanos.merge(cause, amount, Math::addExact);
      name(cause, what);
    }
  }

  private void name(DifferenceCause cause, Collection<String> what) {
    if (!what.isEmpty()) {
      of.computeIfAbsent(cause, _ -> new HashSet<>()).addAll(what);
    }
  }

  void add(Tally other) {
    other.nanos.forEach((cause, amount) -> nanos.merge(cause, amount, Math::addExact));
    other.of.forEach(this::name);
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
                    of.getOrDefault(part.getKey(), Set.of()).stream().sorted().toList()))
        .toList();
  }
}

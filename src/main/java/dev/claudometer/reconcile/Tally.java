package dev.claudometer.reconcile;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.Usd;
import dev.claudometer.report.KnownMachines;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Parts of a difference while they are added up, each with what it is of.
final class Tally {

  private final Map<DifferenceCause, Long> nanos = new EnumMap<>(DifferenceCause.class);
  private final Map<DifferenceCause, Set<String>> of = new EnumMap<>(DifferenceCause.class);

  /// The machines that parts of plans are of: a thousand on each day of a year.
  private final List<Machines> machines = new ArrayList<>();

  /// A part of nothing is none.
  ///
  /// @param what keys, models or days that it is of; empty to name none
  void add(DifferenceCause cause, long amount, String what) {
    if (amount != 0) {
      nanos.merge(cause, amount, Math::addExact);
      if (!what.isEmpty()) {
        of.computeIfAbsent(cause, _ -> new HashSet<>()).add(what);
      }
    }
  }

  /// What machines with a plan have used.
  void addPlans(long amount, Machines who) {
    add(DifferenceCause.PLAN_USAGE, amount, "");
    if (amount != 0) {
      machines.add(who);
    }
  }

  void add(Tally other) {
    other.nanos.forEach((cause, amount) -> nanos.merge(cause, amount, Math::addExact));
    other.of.forEach(
        (cause, names) -> of.computeIfAbsent(cause, _ -> new HashSet<>()).addAll(names));
    machines.addAll(other.machines);
  }

  long sum() {
    return nanos.values().stream().reduce(0L, Math::addExact);
  }

  /// In the order of the causes.
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    nanos.forEach((cause, amount) -> parts.add(new Part(cause, new Usd(amount), names(cause))));
    return parts;
  }

  private List<String> names(DifferenceCause cause) {
    Set<String> names = of.getOrDefault(cause, Set.of());
    return cause == DifferenceCause.PLAN_USAGE && !machines.isEmpty()
        ? new NamesWhenAsked(() -> withMachines(names))
        : names.stream().sorted().toList();
  }

  private List<String> withMachines(Set<String> names) {
    var all = new HashSet<>(names);
    machines.forEach(who -> who.nameInto(all));
    all.remove("");
    return List.copyOf(new TreeSet<>(all));
  }

  /// Some machines, which are named where somebody asks.
  record Machines(Set<DeviceId> devices, KnownMachines.Names names) {

    void nameInto(Set<String> all) {
      devices.forEach(device -> all.add(names.device(device)));
    }
  }

  /// Names that are only made where somebody looks at them: a page shows those of the whole, and
  /// none of each day and model.
  private static final class NamesWhenAsked extends AbstractList<String> {

    private final Supplier<List<String>> make;
    private @Nullable List<String> made;

    NamesWhenAsked(Supplier<List<String>> make) {
      this.make = make;
    }

    private List<String> names() {
      List<String> known = made;
      if (known == null) {
        known = make.get();
        made = known;
      }
      return known;
    }

    @Override
    public String get(int index) {
      return names().get(index);
    }

    @Override
    public int size() {
      return names().size();
    }
  }
}

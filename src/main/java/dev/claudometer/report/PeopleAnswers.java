package dev.claudometer.report;

import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.store.registry.Device;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What people used: a person is who owns a device.
final class PeopleAnswers {

  private final UsageQueries store;
  private final KnownMachines.Names names;

  PeopleAnswers(UsageQueries store, KnownMachines.Names names) {
    this.store = store;
    this.names = names;
  }

  /// The most expensive first; also those whose devices used nothing.
  ///
  /// @param days what was used by day and person
  PeopleUse people(Question question, Question before, TimeSeries days) {
    Map<String, Totals> now = totals(question);
    Map<String, Totals> earlier = totals(before);
    Map<String, Long> sessions = sessions(question);
    Map<String, Long> active = new HashMap<>();
    days.points().stream()
        .filter(point -> point.totals().responses() > 0)
        .forEach(point -> active.merge(point.key(), 1L, Long::sum));
    Map<String, List<Device>> devices = devices(question);
    Set<String> all = new TreeSet<>(devices.keySet());
    all.addAll(now.keySet());
    List<PersonUse> people = new ArrayList<>();
    for (String name : all) {
      List<Device> own = devices.getOrDefault(name, List.of());
      people.add(
          new PersonUse(
              name,
              now.getOrDefault(name, Totals.ZERO),
              earlier.getOrDefault(name, Totals.ZERO),
              sessions.getOrDefault(name, 0L),
              active.getOrDefault(name, 0L),
              lastSeen(own),
              own.stream().map(each -> new Named(each.id().text(), each.name())).toList()));
    }
    people.sort(
        Comparator.comparing((PersonUse use) -> use.totals().reportedElseCalculated()).reversed());
    return new PeopleUse(
        question.range().from(),
        question.range().to(),
        question.zone(),
        before.range().from(),
        before.range().to(),
        List.copyOf(people));
  }

  private Map<String, Totals> totals(Question question) {
    Map<String, Totals> totals = new HashMap<>();
    for (Slice slice : SplitUse.of(store, question).by(Dimension.DEVICE)) {
      totals.merge(names.owner(slice.device()), slice.totals(), Totals::plus);
    }
    return totals;
  }

  /// A session on two devices of one person is one.
  private Map<String, Long> sessions(Question question) {
    return store.sessionPlaces(question.range(), question.where()).stream()
        .map(place -> new Named(names.owner(place.device()), place.session().text()))
        .distinct()
        .collect(HashMap::new, (map, each) -> map.merge(each.key(), 1L, Long::sum), Map::putAll);
  }

  private Map<String, List<Device>> devices(Question question) {
    Set<String> asked = question.where().allowed().get(Dimension.DEVICE);
    Map<String, List<Device>> devices = new HashMap<>();
    names.devices().values().stream()
        .filter(device -> asked == null || asked.contains(device.id().text()))
        .sorted(Comparator.comparing(Device::name))
        .forEach(
            device -> devices.computeIfAbsent(device.owner(), _ -> new ArrayList<>()).add(device));
    return devices;
  }

  private static @Nullable Instant lastSeen(List<Device> devices) {
    return devices.stream()
        .map(Device::lastSeen)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }
}

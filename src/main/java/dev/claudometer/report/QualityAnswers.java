package dev.claudometer.report;

import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.quality.LineNames;
import dev.claudometer.store.quality.Quality;
import dev.claudometer.store.registry.Device;
import dev.claudometer.usage.Totals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What could not be read, finished or priced, and what nobody has taught us yet.
public final class QualityAnswers {

  private final UsageStore store;
  private final Fleet fleet;
  private final Predicate<String> knownLines;

  public QualityAnswers(UsageStore store, Fleet fleet, Predicate<String> knownLines) {
    this.store = store;
    this.fleet = fleet;
    this.knownLines = knownLines;
  }

  /// How good a device's data is.
  ///
  /// @param givenWay responses of claude-usage-daemon that do not count: their session's transcript
  ///   has come
  /// @param clockAheadSeconds of the server's clock; null where the device has not said
  public record DeviceQuality(
      String device,
      String name,
      long files,
      long damagedLines,
      long damagedBytes,
      long recovered,
      long givenWay,
      long responses,
      long unfinalised,
      @Nullable Long clockAheadSeconds) {}

  /// A name in transcripts that is new to us.
  ///
  /// @param kind `line` for a type of lines, `field` for a field's name
  public record UnknownName(String device, String name, String kind, String unknown, long count) {}

  public record DataQuality(
      long responses,
      long unfinalised,
      long unpriced,
      List<DeviceQuality> devices,
      List<UnknownName> unknown) {}

  /// Lines that hold damage, by device.
  public Map<String, Long> damagedLines() {
    return store.quality().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().damagedLines()));
  }

  public DataQuality quality() {
    List<Slice> slices = store.sums(TimeRange.ALL, Set.of(Dimension.DEVICE));
    Totals all = slices.stream().map(Slice::totals).reduce(Totals.ZERO, Totals::plus);
    Fleet.Names names = fleet.names();
    return new DataQuality(
        all.responses(),
        all.unfinalised(),
        all.unpriced(),
        devices(
            slices.stream().collect(Collectors.toMap(Slice::device, Function.identity())), names),
        unknown(names));
  }

  private List<DeviceQuality> devices(Map<String, Slice> slices, Fleet.Names names) {
    Map<String, Quality> files = store.quality();
    Set<String> ids = new TreeSet<>(names.devices().keySet());
    ids.addAll(files.keySet());
    ids.addAll(slices.keySet());
    return ids.stream()
        .map(id -> device(id, files.getOrDefault(id, Quality.NOTHING), slices.get(id), names))
        .sorted(Comparator.comparing(DeviceQuality::name).thenComparing(DeviceQuality::device))
        .toList();
  }

  private static DeviceQuality device(
      String id, Quality files, @Nullable Slice slice, Fleet.Names names) {
    Device known = names.devices().get(id);
    Duration ahead = known == null ? null : known.clockAhead();
    return new DeviceQuality(
        id,
        names.device(id),
        files.files(),
        files.damagedLines(),
        files.damagedBytes(),
        files.recovered(),
        files.givenWay(),
        slice == null ? 0 : slice.totals().responses(),
        slice == null ? 0 : slice.totals().unfinalised(),
        ahead == null ? null : ahead.toSeconds());
  }

  private List<UnknownName> unknown(Fleet.Names names) {
    List<UnknownName> unknown = new ArrayList<>();
    for (var device : store.lineNames().entrySet()) {
      LineNames found = device.getValue();
      found
          .types()
          .forEach(
              (type, count) -> {
                if (!knownLines.test(type)) {
                  unknown.add(name(device.getKey(), names, "line", type, count));
                }
              });
      found
          .unknownFields()
          .forEach(
              (field, count) -> unknown.add(name(device.getKey(), names, "field", field, count)));
    }
    unknown.sort(Comparator.comparingLong(UnknownName::count).reversed());
    return unknown;
  }

  private static UnknownName name(
      String device, Fleet.Names names, String kind, String unknown, long count) {
    return new UnknownName(device, names.device(device), kind, unknown, count);
  }
}

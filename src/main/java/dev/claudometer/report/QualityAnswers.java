package dev.claudometer.report;

import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.store.quality.Gaps;
import dev.claudometer.store.quality.LineNames;
import dev.claudometer.store.quality.Quality;
import dev.claudometer.store.quality.Told;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What could not be read, finished or priced, and what nobody has taught us yet.
public final class QualityAnswers {

  private static final int MOST_DISAGREEMENTS = 200;

  private final UsageQueries store;
  private final KnownMachines fleet;
  private final Predicate<String> knownLines;
  private final Supplier<PriceBook> prices;

  public QualityAnswers(
      UsageQueries store,
      KnownMachines fleet,
      Predicate<String> knownLines,
      Supplier<PriceBook> prices) {
    this.store = store;
    this.fleet = fleet;
    this.knownLines = knownLines;
    this.prices = prices;
  }

  /// How good a device's data is.
  ///
  /// @param givenWay responses of claude-usage-daemon that do not count: their session's transcript
  ///   has come
  /// @param disputed responses of which another device tells otherwise, and that one counts
  /// @param telemetry null where the device has sent none
  /// @param clockAheadSeconds of the server's clock; null where the device has not said
  public record DeviceQuality(
      DeviceId device,
      String name,
      long files,
      long damagedLines,
      long damagedBytes,
      long recovered,
      long givenWay,
      long disputed,
      long responses,
      long unfinalised,
      @Nullable TelemetryQuality telemetry,
      @Nullable Long clockAheadSeconds) {}

  /// Who tells of a device's responses.
  ///
  /// @param transcriptOnly responses that telemetry never told of
  /// @param telemetryOnly responses that no transcript has: they count
  /// @param heldBack calls that are not counted, because nothing tells which response they are
  /// @param gaps what one of the two proves that the other lacks
  public record TelemetryQuality(
      long both, long transcriptOnly, long telemetryOnly, long heldBack, Gaps gaps) {

    static TelemetryQuality of(Told told, Gaps gaps, long responses) {
      long written = Math.max(0, responses - told.joined() - told.alone());
      return new TelemetryQuality(told.joined(), written, told.alone(), told.held(), gaps);
    }
  }

  /// A name in transcripts that is new to us.
  ///
  /// @param kind `line` for a type of lines, `field` for a field's name
  public record UnknownName(
      DeviceId device, String name, String kind, String unknown, long count) {}

  /// How good all data is.
  ///
  /// @param contractRejected what of the organisation's `modelPricing` could not be read: models,
  ///   or `multiplier`
  public record DataQuality(
      long responses,
      long unfinalised,
      long unpriced,
      List<DeviceQuality> devices,
      List<UnknownName> unknown,
      List<Disagreement> disagreements,
      List<String> contractRejected) {}

  /// Lines that hold damage, by device.
  public Map<DeviceId, Long> damagedLines() {
    return store.quality().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().damagedLines()));
  }

  public DataQuality quality() {
    List<Slice> slices = store.sums(TimeRange.ALL, Set.of(Dimension.DEVICE));
    Totals all = slices.stream().map(Slice::totals).reduce(Totals.ZERO, Totals::plus);
    KnownMachines.Names names = fleet.names();
    return new DataQuality(
        all.responses(),
        all.unfinalised(),
        all.unpriced(),
        devices(
            slices.stream().collect(Collectors.toMap(Slice::device, Function.identity())), names),
        unknown(names),
        store.disputes(MOST_DISAGREEMENTS).stream()
            .map(dispute -> Disagreement.of(dispute, names))
            .toList(),
        prices.get().contractRejected());
  }

  private List<DeviceQuality> devices(Map<DeviceId, Slice> slices, KnownMachines.Names names) {
    Map<DeviceId, Quality> files = store.quality();
    Map<DeviceId, Told> told = store.told(TimeRange.ALL);
    Map<DeviceId, Gaps> gaps = store.gaps();
    Map<DeviceId, Long> disputed = store.disputed();
    Set<DeviceId> ids = new TreeSet<>(names.devices().keySet());
    ids.addAll(disputed.keySet());
    ids.addAll(files.keySet());
    ids.addAll(slices.keySet());
    ids.addAll(gaps.keySet());
    return ids.stream()
        .map(
            id ->
                device(
                    id,
                    files.getOrDefault(id, Quality.NOTHING),
                    disputed.getOrDefault(id, 0L),
                    told.get(id),
                    gaps.get(id),
                    slices.get(id),
                    names))
        .sorted(Comparator.comparing(DeviceQuality::name).thenComparing(DeviceQuality::device))
        .toList();
  }

  private static DeviceQuality device(
      DeviceId id,
      Quality files,
      long disputed,
      @Nullable Told told,
      @Nullable Gaps gaps,
      @Nullable Slice slice,
      KnownMachines.Names names) {
    Device known = names.devices().get(id);
    long responses = slice == null ? 0 : slice.totals().responses();
    Duration ahead = known == null ? null : known.clockAhead();
    return new DeviceQuality(
        id,
        names.device(id),
        files.files(),
        files.damagedLines(),
        files.damagedBytes(),
        files.recovered(),
        files.givenWay(),
        disputed,
        responses,
        slice == null ? 0 : slice.totals().unfinalised(),
        told == null && gaps == null
            ? null
            : TelemetryQuality.of(
                told == null ? Told.NONE : told, gaps == null ? Gaps.NONE : gaps, responses),
        ahead == null ? null : ahead.toSeconds());
  }

  private List<UnknownName> unknown(KnownMachines.Names names) {
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
      DeviceId device, KnownMachines.Names names, String kind, String unknown, long count) {
    return new UnknownName(device, names.device(device), kind, unknown, count);
  }
}

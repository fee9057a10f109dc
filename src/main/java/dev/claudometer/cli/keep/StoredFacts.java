package dev.claudometer.cli.keep;

import dev.claudometer.app.Memory;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.LimitReading;
import dev.claudometer.store.ActivityCount;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Holdings;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.quality.Gaps;
import dev.claudometer.store.quality.Told;
import dev.claudometer.usage.Totals;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a store alone tells of how far its numbers can be trusted: the same as long as nothing in
/// it has changed.
///
/// @param version of the store
record StoredFacts(
    String version,
    Holdings holdings,
    @Nullable TimeRange extent,
    Map<String, Totals> byModel,
    Map<String, Long> lineTypes,
    Map<String, Long> unknownFields,
    Map<String, Long> versions,
    Told told,
    Gaps gaps,
    List<ActivityCount> activities,
    List<LimitReading> limits) {

  static StoredFacts of(UsageStore store, Memory memory) {
    String version = store.standing().version();
    StoredFacts known = memory.of(StoredFacts.class);
    if (known != null && known.version.equals(version)) {
      return known;
    }
    StoredFacts facts = of(store, version);
    memory.keepForAWhile(facts);
    return facts;
  }

  private static StoredFacts of(UsageStore store, String version) {
    Holdings holdings = store.holdings();
    var byModel = new TreeMap<String, Totals>();
    for (Slice slice : store.sums(TimeRange.ALL, EnumSet.of(Dimension.MODEL))) {
      byModel.put(slice.model(), slice.totals());
    }
    return new StoredFacts(
        version,
        holdings,
        store.extent(),
        byModel,
        sum(holdings, FileRead::lineTypes),
        sum(holdings, FileRead::unknownFields),
        sum(holdings, FileRead::versions),
        store.told(TimeRange.ALL).getOrDefault(DeviceId.THIS, Told.NONE),
        store.gaps().getOrDefault(DeviceId.THIS, Gaps.NONE),
        store.activities(TimeRange.ALL),
        store.limits(DeviceId.THIS));
  }

  private static Map<String, Long> sum(
      Holdings holdings, Function<FileRead, Map<String, Long>> counts) {
    var sum = new TreeMap<String, Long>();
    for (FileRead reading : holdings.files()) {
      counts.apply(reading).forEach((name, count) -> sum.merge(name, count, Long::sum));
    }
    return sum;
  }
}

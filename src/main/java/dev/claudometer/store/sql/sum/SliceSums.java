package dev.claudometer.store.sql.sum;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.store.Slice;
import dev.claudometer.usage.Totals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Adds slices of the same dimensions.
final class SliceSums {

  private record Key(
      String model, ProjectName project, SessionId session, String branch, DeviceId device) {}

  private final Map<Key, Totals> sums = new LinkedHashMap<>();

  void add(Slice slice) {
    sums.merge(
        new Key(slice.model(), slice.project(), slice.session(), slice.branch(), slice.device()),
        slice.totals(),
        Totals::plus);
  }

  List<Slice> slices() {
    return sums.entrySet().stream()
        .map(
            sum ->
                new Slice(
                    sum.getKey().model(),
                    sum.getKey().project(),
                    sum.getKey().session(),
                    sum.getKey().branch(),
                    sum.getKey().device(),
                    sum.getValue()))
        .toList();
  }
}

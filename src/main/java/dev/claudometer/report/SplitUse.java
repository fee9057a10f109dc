package dev.claudometer.report;

import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.Sums;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What was used within a period, by each dimension alone but sessions; all of one look at the
/// store, so that each split comes to the same.
record SplitUse(Map<Dimension, List<Slice>> slices) {

  private static final List<Dimension> BY =
      List.of(Dimension.MODEL, Dimension.PROJECT, Dimension.BRANCH, Dimension.DEVICE);

  /// Of what is asked.
  private record Asked(TimeRange range, Where where) {}

  static SplitUse of(Sums store, Question question) {
    return AskedOnce.answer(
        new Asked(question.range(), question.where()), () -> asked(store, question));
  }

  private static SplitUse asked(Sums store, Question question) {
    List<Set<Dimension>> splits = new ArrayList<>();
    BY.forEach(each -> splits.add(Set.of(each)));
    List<List<Slice>> sums = store.sums(question.range(), question.where(), splits);
    Map<Dimension, List<Slice>> slices = new EnumMap<>(Dimension.class);
    for (int i = 0; i < sums.size(); i++) {
      slices.put(BY.get(i), sums.get(i));
    }
    return new SplitUse(slices);
  }

  List<Slice> by(Dimension dimension) {
    return Objects.requireNonNull(slices.get(dimension));
  }
}

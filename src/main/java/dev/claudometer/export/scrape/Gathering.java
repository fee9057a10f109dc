package dev.claudometer.export.scrape;

import dev.claudometer.metric.Family;
import dev.claudometer.metric.Fold;
import dev.claudometer.metric.Samples;
import dev.claudometer.metric.Series;
import dev.claudometer.metric.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Series as they are collected. Those with the same labels become one; those that come after a
/// family has reached its limit become one whose labels are all `__other__`.
public final class Gathering {

  public static final String OTHER = "__other__";
  private static final int LONGEST_LABEL = 200;

  private final int limit;
  private final Map<String, Integer> usual;
  private final Set<Family> served = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<Family, Gathered> families = new IdentityHashMap<>();

  /// @param limit series of a family
  /// @param usual how many series families had last time
  /// @param served the families that are asked for: series of others are dropped
  public Gathering(int limit, Map<String, Integer> usual, Collection<Family> served) {
    this.limit = limit;
    this.usual = usual;
    this.served.addAll(served);
  }

  /// The series of a family so far.
  public Gathered of(Family family) {
    return families.computeIfAbsent(
        family,
        _ ->
            new Gathered(
                family, served.contains(family) ? limit : 0, usual.getOrDefault(family.name(), 0)));
  }

  public void add(Family family, Value value, String... labels) {
    of(family).add(value, labels);
  }

  /// What has been collected, in no order of families.
  public List<Samples> samples() {
    return families.values().stream()
        .filter(gathered -> gathered.limit > 0)
        .map(Gathered::samples)
        .toList();
  }

  /// How many series were folded, by family; those without one are not in it.
  Map<String, Long> folded() {
    var folded = new HashMap<String, Long>();
    families.forEach(
        (family, gathered) -> {
          if (gathered.folded > 0) {
            folded.put(family.name(), gathered.folded);
          }
        });
    return folded;
  }

  /// The series of one family.
  public static final class Gathered {
    private final Family family;
    private final int limit;
    private final Map<List<String>, Value> series;
    private long folded;

    private Gathered(Family family, int limit, int usual) {
      this.family = family;
      this.limit = limit;
      series = LinkedHashMap.newLinkedHashMap(usual);
    }

    /// Adds a series, or folds it into one that is there.
    ///
    /// @param labels in the order of the family's label names
    public void add(Value value, String... labels) {
      if (labels.length != family.labels().size()) {
        throw new IllegalArgumentException(family.name() + " has other labels");
      }
      if (limit == 0) {
        return;
      }
      for (int i = 0; i < labels.length; i++) {
        labels[i] = shortened(labels[i]);
      }
      add(value, List.of(labels));
    }

    private void add(Value value, List<String> labels) {
      Value known = series.get(labels);
      if (known != null) {
        series.put(labels, known.fold(value, family.fold()));
      } else if (series.size() < limit) {
        series.put(labels, value);
      } else {
        folded++;
        if (family.fold() != Fold.FIRST) {
          List<String> other = Collections.nCopies(labels.size(), OTHER);
          series.merge(other, value, (all, more) -> all.fold(more, family.fold()));
        }
      }
    }

    private static String shortened(String label) {
      return label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL);
    }

    Samples samples() {
      var all = new ArrayList<Series>(series.size());
      series.forEach((labels, value) -> all.add(new Series(labels, value)));
      return new Samples(family, all);
    }
  }
}

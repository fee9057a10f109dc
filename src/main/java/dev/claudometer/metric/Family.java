package dev.claudometer.metric;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// A metric family: what has one name.
///
/// @param bounds upper bounds of a histogram's buckets, without infinity; empty for other types
/// @param fold how several series become one
/// @param lineage whose name it is
/// @param help one sentence for whoever finds it
/// @param source what it is derived from
public record Family(
    String name,
    Type type,
    Unit unit,
    List<String> labels,
    List<BigDecimal> bounds,
    Fold fold,
    Lineage lineage,
    String help,
    String source) {

  public Family {
    labels = List.copyOf(labels);
    bounds = List.copyOf(bounds);
  }

  static Family counter(String name, Unit unit, String labels, String help, String source) {
    return new Family(
        name, Type.COUNTER, unit, split(labels), List.of(), Fold.ADD, OURS, help, source);
  }

  static Family gauge(String name, Unit unit, String labels, String help, String source) {
    return new Family(
        name, Type.GAUGE, unit, split(labels), List.of(), Fold.ADD, OURS, help, source);
  }

  static Family histogram(
      String name, Unit unit, String labels, String bounds, String help, String source) {
    List<BigDecimal> all = split(bounds).stream().map(BigDecimal::new).toList();
    return new Family(name, Type.HISTOGRAM, unit, split(labels), all, Fold.ADD, OURS, help, source);
  }

  static Family summary(String name, Unit unit, String labels, String help, String source) {
    return new Family(
        name, Type.SUMMARY, unit, split(labels), List.of(), Fold.ADD, OURS, help, source);
  }

  private static final Lineage OURS = Lineage.CLAUDOMETER;

  Family largest() {
    return new Family(name, type, unit, labels, bounds, Fold.LARGEST, lineage, help, source);
  }

  Family first() {
    return new Family(name, type, unit, labels, bounds, Fold.FIRST, lineage, help, source);
  }

  Family of(Lineage whose) {
    return new Family(name, type, unit, labels, bounds, fold, whose, help, source);
  }

  private static List<String> split(String words) {
    var all = new ArrayList<String>();
    for (String word : words.split(" ", -1)) {
      if (!word.isEmpty()) {
        all.add(word);
      }
    }
    return all;
  }
}

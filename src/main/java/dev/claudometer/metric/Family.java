package dev.claudometer.metric;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// A metric family: what has one name.
///
/// @param dotted its name over OTLP: another one where a peer has one
/// @param bounds upper bounds of a histogram's buckets, without infinity; empty for other types
/// @param fold how several series become one
/// @param begins when a counter was 0
/// @param lineage whose name it is
/// @param help one sentence for whoever finds it
/// @param source what it is derived from
public record Family(
    String name,
    String dotted,
    Type type,
    Unit unit,
    List<String> labels,
    List<BigDecimal> bounds,
    Fold fold,
    Begins begins,
    Lineage lineage,
    String help,
    String source) {

  public Family {
    labels = List.copyOf(labels);
    bounds = List.copyOf(bounds);
  }

  /// When a counter was 0.
  public enum Begins {
    /// Before its first event, whenever that was: the store has kept it since.
    EVER,
    /// When this process started.
    WITH_PROCESS
  }

  static Family counter(String name, Unit unit, String labels, String help, String source) {
    return family(name, Type.COUNTER, unit, labels, "", help, source);
  }

  static Family gauge(String name, Unit unit, String labels, String help, String source) {
    return family(name, Type.GAUGE, unit, labels, "", help, source);
  }

  static Family histogram(
      String name, Unit unit, String labels, String bounds, String help, String source) {
    return family(name, Type.HISTOGRAM, unit, labels, bounds, help, source);
  }

  static Family summary(String name, Unit unit, String labels, String help, String source) {
    return family(name, Type.SUMMARY, unit, labels, "", help, source);
  }

  private static Family family(
      String name, Type type, Unit unit, String labels, String bounds, String help, String source) {
    return new Family(
        name,
        name,
        type,
        unit,
        split(labels),
        split(bounds).stream().map(BigDecimal::new).toList(),
        Fold.ADD,
        Begins.EVER,
        Lineage.CLAUDOMETER,
        help,
        source);
  }

  Family largest() {
    return folded(Fold.LARGEST);
  }

  Family first() {
    return folded(Fold.FIRST);
  }

  private Family folded(Fold how) {
    return new Family(name, dotted, type, unit, labels, bounds, how, begins, lineage, help, source);
  }

  Family of(Lineage whose) {
    return new Family(name, dotted, type, unit, labels, bounds, fold, begins, whose, help, source);
  }

  Family dotted(String other) {
    return new Family(name, other, type, unit, labels, bounds, fold, begins, lineage, help, source);
  }

  Family ofProcess() {
    return new Family(
        name, dotted, type, unit, labels, bounds, fold, Begins.WITH_PROCESS, lineage, help, source);
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

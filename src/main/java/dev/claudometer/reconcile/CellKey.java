package dev.claudometer.reconcile;

import java.time.LocalDate;
import java.util.Comparator;

/// What is settled by itself: a UTC day of a model.
///
/// @param model as the price book calls it, without `-fast`; empty for what is told of no model
record CellKey(LocalDate day, String model) {

  static final Comparator<CellKey> ORDER =
      Comparator.comparing(CellKey::day).thenComparing(CellKey::model);
}

package dev.claudometer.store.registry;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people wrote beside days. What others see is changed within [Registry#change].
public interface DayNotes {

  /// Adds a note with an id of its own.
  ///
  /// @param note its id is not looked at
  DayNote add(DayNote note);

  @Nullable DayNote find(String id);

  /// A person's own and everybody's of some days, both included; by day, then in the order in which
  /// they were written.
  List<DayNote> seenBy(String person, LocalDate from, LocalDate to);

  /// All that a person wrote, in the same order.
  List<DayNote> of(String author);

  /// Writes all but the id and when it was made.
  void update(DayNote note);

  void remove(String id);
}

package dev.claudometer.reconcile;

import dev.claudometer.model.Usd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A cause, down to the days and models that it is of: their parts come to the cause's.
///
/// @param cause as files and the API call it: `plan_usage`
/// @param known how it is known
/// @param todo what to do about it
public record CauseDetail(
    String cause, String title, String known, String todo, Usd cost, List<Cell> cells) {

  /// A UTC day of a model. Its responses are what was counted.
  ///
  /// @param day `2026-11-20`; empty for the hours of other days
  /// @param model empty for what is told of no model
  /// @param cost the part that the cause has of the difference
  /// @param toldCost the tokens of the usage report at list prices; null where that cannot be known
  /// @param billedCost null where nothing is known of the bill
  /// @param of keys, machines or days that it is of
  public record Cell(
      String day,
      String model,
      Usd cost,
      Usd countedCost,
      @Nullable Usd toldCost,
      @Nullable Usd billedCost,
      List<String> of) {}

  static CauseDetail of(DifferenceCause cause, List<Settled> settled, Map<String, Long> midnight) {
    List<Cell> cells = new ArrayList<>();
    for (Settled cell : settled) {
      for (Part part : cell.tally().parts()) {
        if (part.cause() == cause) {
          cells.add(cell(cell, part));
        }
      }
    }
    if (cause == DifferenceCause.UTC_MIDNIGHT) {
      midnight.forEach(
          (model, nanos) ->
              cells.add(
                  new Cell("", model, new Usd(nanos), new Usd(-nanos), null, Usd.ZERO, List.of())));
    }
    return new CauseDetail(
        cause.key(),
        cause.title(),
        cause.known(),
        cause.todo(),
        cells.stream().map(Cell::cost).reduce(Usd.ZERO, Usd::plus),
        List.copyOf(cells));
  }

  private static Cell cell(Settled settled, Part part) {
    Long told = settled.told();
    return new Cell(
        settled.key().day().toString(),
        settled.key().model(),
        part.amount(),
        new Usd(settled.nanos()),
        told == null ? null : new Usd(told),
        settled.known() ? new Usd(settled.billed()) : null,
        part.of());
  }
}

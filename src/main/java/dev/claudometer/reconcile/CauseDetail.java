package dev.claudometer.reconcile;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.Usd;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
  /// @param day `2026-11-20`
  /// @param model empty for what is told of no model
  /// @param cost the part that the cause has of the difference
  /// @param toldCost the tokens of the usage report at list prices; null where that cannot be known
  /// @param billedCost null where nothing is known of the bill
  /// @param of keys, machines, days or hours that it is of
  public record Cell(
      String day,
      String model,
      Usd cost,
      Usd countedCost,
      @Nullable Usd toldCost,
      @Nullable Usd billedCost,
      List<String> of) {}

  static CauseDetail of(DifferenceCause cause, SettledPeriod account) {
    List<Cell> cells = new ArrayList<>();
    for (Settled cell : account.settled()) {
      for (Part part : cell.tally().parts()) {
        if (part.cause() == cause) {
          cells.add(cell(cell, part));
        }
      }
    }
    if (cause == DifferenceCause.UTC_MIDNIGHT) {
      account.hours().forEach(hours -> addHours(hours, cells));
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

  /// What is counted in the days of the zone and not of UTC is taken away.
  private static void addHours(CountedUse.OtherHours hours, List<Cell> cells) {
    Map<String, Long> models = new TreeMap<>();
    for (Slice slice : hours.models()) {
      models.merge(
          CountedUse.plain(slice.model()),
          hours.signed(slice).reportedElseCalculated().nanos(),
          Math::addExact);
    }
    models.forEach(
        (model, nanos) -> {
          if (nanos != 0) {
            cells.add(
                new Cell(
                    LocalDate.ofInstant(hours.range().from(), UTC).toString(),
                    model,
                    new Usd(nanos),
                    new Usd(Math.abs(nanos)),
                    null,
                    null,
                    List.of(hours(hours.range()))));
          }
        });
  }

  /// `23:00 to 24:00 UTC`.
  private static String hours(TimeRange range) {
    LocalTime to = LocalTime.ofInstant(range.to(), UTC);
    return LocalTime.ofInstant(range.from(), UTC)
        + " to "
        + (to.equals(LocalTime.MIDNIGHT) ? "24:00" : to)
        + " UTC";
  }
}

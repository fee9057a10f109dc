package dev.claudometer.report;

import dev.claudometer.model.Usd;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.usage.Block;
import dev.claudometer.usage.CostMode;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/// What the status line says of the store, whichever session asks.
///
/// @param today what was used since midnight
/// @param midnight when that day ends
/// @param block the five-hour block that is running, null where none is
public record StatusFigures(Usd today, Instant midnight, @Nullable Block block) {

  /// Asks the store.
  public static StatusFigures of(UsageQueries store, Instant now, ZoneId zone) {
    LocalDate today = now.atZone(zone).toLocalDate();
    var day =
        new TimeRange(
            today.atStartOfDay(zone).toInstant(), today.plusDays(1).atStartOfDay(zone).toInstant());
    Usd cost =
        store.sums(day, EnumSet.noneOf(Dimension.class)).stream()
            .map(Slice::totals)
            .reduce(Totals.ZERO, Totals::plus)
            .cost(CostMode.AUTO);
    return new StatusFigures(cost, day.to(), new BlockAnswers(store).active(now));
  }
}

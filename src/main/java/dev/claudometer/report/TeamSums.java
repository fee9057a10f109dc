package dev.claudometer.report;

import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/// What whole teams used, of nobody alone.
///
/// @param teams the most expensive first; `""` is who is in none
/// @param withheld how many more there are: too few of their people used something for a sum that
///   says nothing of one of them
/// @param fewest so many people a team has to have that used something in the period
public record TeamSums(
    Instant from, Instant to, ZoneId timeZone, List<TeamSum> teams, int withheld, int fewest) {

  /// A team's.
  ///
  /// @param people who used something in the period
  public record TeamSum(String team, int people, Totals totals) {}
}

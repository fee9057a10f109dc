package dev.claudometer.report;

import dev.claudometer.model.SessionId;
import dev.claudometer.model.Usd;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What moved the cost of a period, part by part, against the same stretch of the period before.
///
/// @param change of all together; null where either has no price
/// @param drivers what moved it most first, at most ten of a kind
/// @param outlier a session that cost far more than others do; null where there is none
public record Drivers(
    Instant from,
    Instant to,
    ZoneId timeZone,
    Instant previousFrom,
    Instant previousTo,
    @Nullable Usd change,
    List<Driver> drivers,
    @Nullable Outlier outlier) {

  /// A part, with what it cost more or less.
  ///
  /// @param kind `person`, `project`, `model` or `session`
  /// @param state `new` where nothing was used before, `gone` where nothing is any more, else
  ///   `changed`
  public record Driver(
      String kind, String key, String name, Usd cost, Usd previousCost, Usd change, String state) {}

  /// The most expensive session of the period, where it stands out.
  ///
  /// @param median what half of the sessions cost less than
  public record Outlier(SessionId session, String name, Usd cost, Usd median, long sessions) {}
}

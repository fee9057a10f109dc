package dev.claudometer.report;

import dev.claudometer.model.Usd;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/// Totals of a period beside those of the period before.
///
/// @param previousFrom where the period before begins
/// @param previousTo how far it is looked at: as far as this one has come
/// @param devices that are enrolled
/// @param activeDevices those of them that are online
/// @param usedDevices those with usage in the period
/// @param cacheSavings what reading from the cache cost less than the same tokens as input
/// @param topProjects the most expensive first; so the next two
public record Overview(
    Instant from,
    Instant to,
    ZoneId timeZone,
    Instant previousFrom,
    Instant previousTo,
    Totals totals,
    Totals previous,
    long sessions,
    long previousSessions,
    int devices,
    long activeDevices,
    long usedDevices,
    long previousUsedDevices,
    Usd cacheSavings,
    Usd previousCacheSavings,
    List<Share> topProjects,
    List<Share> topModels,
    List<Share> topDevices) {

  /// The same, with no more than so many of each share.
  public Overview top(int most) {
    return new Overview(
        from,
        to,
        timeZone,
        previousFrom,
        previousTo,
        totals,
        previous,
        sessions,
        previousSessions,
        devices,
        activeDevices,
        usedDevices,
        previousUsedDevices,
        cacheSavings,
        previousCacheSavings,
        first(topProjects, most),
        first(topModels, most),
        first(topDevices, most));
  }

  private static List<Share> first(List<Share> shares, int most) {
    return shares.subList(0, Math.min(most, shares.size()));
  }
}

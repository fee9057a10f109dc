package dev.claudometer.report.limits;

import java.util.ArrayList;
import java.util.List;

/// What somebody used of a window. The shares of a split come to the whole that was used.
///
/// @param id of the session or device; else the name
/// @param detail where it was: the project and device of a session; empty where that says nothing
/// @param ours whether it was counted here
/// @param utilization of the window, of 1; exact in millionths
/// @param basisPoints of what was used: 10,000 together
public record ShareOfWindow(
    String id, String name, String detail, boolean ours, double utilization, int basisPoints) {

  /// Tenths of a percent of the window, one for each share: as they are printed they come to what
  /// the whole is printed as.
  public static List<Long> tenths(List<ShareOfWindow> shares) {
    List<Long> tenths = new ArrayList<>();
    long micros = 0;
    long given = 0;
    for (ShareOfWindow share : shares) {
      micros += Math.round(share.utilization() * 1e6);
      long until = Math.round(micros / 1e3);
      tenths.add(until - given);
      given = until;
    }
    return tenths;
  }
}

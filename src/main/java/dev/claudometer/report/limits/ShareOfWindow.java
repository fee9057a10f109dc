package dev.claudometer.report.limits;

/// What somebody used of a window. The shares of a split come to the whole that was used.
///
/// @param id of the session or device; else the name
/// @param detail where it was: the project and device of a session; empty where that says nothing
/// @param ours whether it was counted here
/// @param utilization of the window, of 1; exact in millionths
/// @param basisPoints of what was used: 10,000 together
public record ShareOfWindow(
    String id, String name, String detail, boolean ours, double utilization, int basisPoints) {}

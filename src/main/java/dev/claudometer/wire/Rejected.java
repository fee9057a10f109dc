package dev.claudometer.wire;

/// One element that was not taken.
///
/// @param index its place in `observations`, from 0
/// @param reason a phrase that names the field
public record Rejected(int index, String reason) {}

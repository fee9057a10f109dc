package dev.claudometer.model;

/// A line that could not be read whole. Intact records on it were recovered.
///
/// @param bytes length of the line
/// @param why one phrase for people
/// @param recovered how many records on it were intact
public record Damage(Origin.Line origin, long bytes, String why, int recovered) {}

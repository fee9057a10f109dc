package dev.claudometer.model;

/// How far a database has come, durably.
///
/// @param upTo the sender's revision up to which it has everything that the sender told
/// @param revision of its own last change
/// @param generation another one, larger, since somebody noticed that the database was put back to
///   an earlier state; 0 where nobody ever has
public record Held(long upTo, long revision, long generation) {}

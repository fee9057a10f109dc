package dev.claudometer.model;

import java.time.Instant;

/// When a response had grown to its size: the earliest line with the highest output.
///
/// @param at the instant that decides the response's day
/// @param output the output tokens that the line reports
public record Completion(Instant at, long output) {}

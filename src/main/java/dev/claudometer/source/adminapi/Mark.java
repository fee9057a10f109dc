package dev.claudometer.source.adminapi;

import java.time.Instant;

/// Where a report goes on, and the question that it was given for: a service may refuse it beside
/// any other.
///
/// @param token the service's word for it
/// @param from where the first page began
public record Mark(String token, Instant from) {}

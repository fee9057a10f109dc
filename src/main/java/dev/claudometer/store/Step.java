package dev.claudometer.store;

import java.time.Duration;

/// How a series cuts time: into hours or days, as clocks that are ahead of UTC by an offset show
/// them.
///
/// @param length a multiple of a quarter hour
/// @param offset what local clocks are ahead of UTC, in whole quarter hours
public record Step(Duration length, Duration offset) {}

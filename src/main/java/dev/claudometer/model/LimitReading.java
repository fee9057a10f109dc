package dev.claudometer.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How full a plan window was. Windows are data: `five_hour` today, an unknown name tomorrow.
///
/// @param utilization 0 to 1, above 1 where the plan allows it
/// @param resetsAt when the window starts anew; null where the source does not say
/// @param origin which source said it: `statusline`
public record LimitReading(
    String window, double utilization, @Nullable Instant resetsAt, Instant at, String origin)
    implements Observation {}

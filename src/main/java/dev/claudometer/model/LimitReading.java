package dev.claudometer.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How full a plan window was. Windows are data: `five_hour` today, an unknown name tomorrow.
///
/// @param utilization 0 to 1, above 1 where the plan allows it
/// @param resetsAt when the window starts anew; null where the source does not say
/// @param origin which source said it: `statusline`
/// @param session whose status line said it; empty where it is not known, or no session did
public record LimitReading(
    String window,
    double utilization,
    @Nullable Instant resetsAt,
    Instant at,
    String origin,
    SessionId session)
    implements Observation {

  /// The source that repeats what it was told before, however long ago that was.
  public static final String STATUS_LINE = "statusline";

  /// A reading that no session told.
  public LimitReading(
      String window, double utilization, @Nullable Instant resetsAt, Instant at, String origin) {
    this(window, utilization, resetsAt, at, origin, SessionId.NONE);
  }

  /// Whether the service itself was asked: then this was true at that moment.
  public boolean asked() {
    return !origin.equals(STATUS_LINE);
  }

  /// Whether the window has begun anew since: then nothing is known of how full it is.
  public boolean over(Instant now) {
    return resetsAt != null && !resetsAt.isAfter(now);
  }
}

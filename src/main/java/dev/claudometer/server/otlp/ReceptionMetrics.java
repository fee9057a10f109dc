package dev.claudometer.server.otlp;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Value.Exact;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came, and what became of what was sent on, since the start.
///
/// @param onward null where nothing is sent on
public record ReceptionMetrics(TelemetryIntake intake, @Nullable PassThrough onward)
    implements Collector {

  @Override
  public String source() {
    return "telemetry";
  }

  @Override
  public void collect(Gathering into, Instant now) {
    intake
        .events()
        .forEach((name, count) -> into.add(Own.TELEMETRY_EVENTS_TOTAL, Exact.of(count), name));
    if (intake.unreadable() > 0) {
      into.add(Own.TELEMETRY_UNREADABLE_TOTAL, Exact.of(intake.unreadable()));
    }
    if (onward != null) {
      PassThrough.Tally tally = onward.tally();
      into.add(Own.TELEMETRY_FORWARDED_TOTAL, Exact.of(tally.taken()), "taken");
      into.add(Own.TELEMETRY_FORWARDED_TOTAL, Exact.of(tally.failed()), "failed");
      into.add(Own.TELEMETRY_FORWARDED_TOTAL, Exact.of(tally.dropped()), "dropped");
    }
  }
}

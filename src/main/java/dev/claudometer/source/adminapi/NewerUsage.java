package dev.claudometer.source.adminapi;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The Usage and Cost Analytics API in the place of the older usage report, where it answers.
///
/// Anthropic recommends it; it tells of the last 365 days, and of none before 2026. Where it
/// refuses or cannot be read the older report is asked, and this one again tomorrow: that it fails
/// is told by the report of requests, which has the same place.
final class NewerUsage {

  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration REACH = Duration.ofDays(364);
  private static final Duration UNTIL_TOMORROW = Duration.ofDays(1);

  private static final Duration WHILE_BUSY = Duration.ofMinutes(15);

  /// What the older report would not answer either.
  private static final Set<Reason> OF_THE_SERVICE =
      EnumSet.of(Reason.UNREACHABLE, Reason.UNAUTHORIZED);

  private static final int PATIENT = 2;

  private @Nullable Instant notBefore;
  private int busy;

  /// The day that an instant is in; null where the older report is to be asked.
  @Nullable Answer<ReportPart> of(AdminApi api, Instant from, Instant now)
      throws InterruptedException {
    boolean told = !from.isBefore(FIRST) && !from.isBefore(now.minus(REACH));
    if (!told || (notBefore != null && now.isBefore(notBefore))) {
      return null;
    }
    Answer<ReportPart> answer = AnalyticsDay.messages(api).of(from, now);
    busy =
        answer instanceof Failed<ReportPart> failed && failed.reason() == Reason.BUSY
            ? busy + 1
            : 0;
    if (answer instanceof Failed<ReportPart> failed && refuses(failed.reason())) {
      notBefore = now.plus(busy > 0 ? WHILE_BUSY : UNTIL_TOMORROW);
      return null;
    }
    return answer;
  }

  /// A service that is not well is waited for as it asks, twice; then the older report may be.
  private boolean refuses(Reason reason) {
    return reason == Reason.BUSY ? busy > PATIENT : !OF_THE_SERVICE.contains(reason);
  }
}

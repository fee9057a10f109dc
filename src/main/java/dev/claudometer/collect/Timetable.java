package dev.claudometer.collect;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.source.adminapi.Report;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.poll.Poll;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When a report is asked for, and from when on.
///
/// @param since how far back history is asked for at first
record Timetable(Instant since) {

  /// Oftener than once a minute is not wanted.
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /// What is older than this is final.
  private static final Duration REVISED = Duration.ofDays(35);

  private static final Duration BETWEEN_SWEEPS = Duration.ofHours(6);
  private static final Duration BETWEEN_DETECTIONS = Duration.ofDays(1);

  /// What a round asks for.
  ///
  /// @param sweep whether it reads all that may still be revised
  record Round(Instant from, boolean sweep) {}

  boolean due(Report report, Poll poll, Instant now) {
    if (poll.next() != null) {
      return passed(poll.failed(), MINUTE, now);
    }
    Instant detected = poll.swept();
    if (poll.notOffered() && detected != null) {
      return !detected.plus(BETWEEN_DETECTIONS).isAfter(now);
    }
    return passed(poll.done(), every(report), now) && passed(poll.failed(), MINUTE, now);
  }

  /// A time that lies ahead was told by a clock that was wrong.
  static boolean passed(@Nullable Instant last, Duration time, Instant now) {
    return last == null || last.isAfter(now) || !last.plus(time).isAfter(now);
  }

  /// Claude Code's own report comes an hour late.
  private static Duration every(Report report) {
    return report == Report.CLAUDE_CODE ? Duration.ofHours(1) : MINUTE;
  }

  /// @param known what is stored of the report; null for nothing
  Round round(Report report, Poll poll, @Nullable TimeRange known, Instant now) {
    Instant unfinished = poll.next();
    if (unfinished != null) {
      return new Round(unfinished, false);
    }
    Instant asked = poll.since();
    if (known == null || asked == null || since.isBefore(asked)) {
      return new Round(floor(report, since), true);
    }
    boolean sweep = passed(poll.swept(), BETWEEN_SWEEPS, now);
    Instant back = now.minus(sweep ? REVISED : recent(report));
    Instant from = known.to().isBefore(back) ? known.to() : back;
    return new Round(floor(report, later(from, asked)), sweep);
  }

  /// What each round reads again, because it grows or is often revised.
  private static Duration recent(Report report) {
    return switch (report) {
      case MESSAGES -> Duration.ofHours(23);
      case COST -> Duration.ofDays(3);
      case CLAUDE_CODE -> Duration.ofDays(1);
      case REQUESTS, KEY_COST -> Duration.ofHours(3);
    };
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /// The bucket that an instant is in begins here. Days are asked for whole.
  private static Instant floor(Report report, Instant at) {
    return report == Report.MESSAGES
        ? Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), 3600L) * 3600L)
        : at.atZone(UTC).toLocalDate().atStartOfDay(UTC).toInstant();
  }
}

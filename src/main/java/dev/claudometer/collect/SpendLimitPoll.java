package dev.claudometer.collect;

import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.Answer.Reason;
import dev.claudometer.model.SpendLimit;
import dev.claudometer.source.adminapi.AdminApi;
import dev.claudometer.store.bill.Billing;
import dev.claudometer.store.bill.Billing.Placed;
import dev.claudometer.store.poll.Poll;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Asks what members of an organisation may spend. Most organisations have no such limits: that is
/// no failure, and is asked again tomorrow.
record SpendLimitPoll(AdminApi api, Billing billing, PollLog diary) {

  static final String SOURCE = "adminapi/spend-limits";

  private static final Duration BETWEEN = Duration.ofMinutes(15);
  private static final Duration UNTIL_TOMORROW = Duration.ofHours(24);

  /// Console organisations have none, and a key may lack the scope for them.
  private static final Set<Reason> NOT_OFFERED =
      EnumSet.of(Reason.ABSENT, Reason.UNKNOWN, Reason.FORBIDDEN);

  boolean due(Instant now) {
    Poll poll = billing.poll(SOURCE);
    return poll.notOffered()
        ? Timetable.passed(poll.swept(), UNTIL_TOMORROW, now)
        : Timetable.passed(poll.done(), BETWEEN, now)
            && Timetable.passed(poll.failed(), Duration.ofMinutes(1), now);
  }

  Outcome run(Instant now) throws InterruptedException {
    Poll poll = billing.poll(SOURCE);
    return switch (api.spendLimits(now)) {
      case Given<List<SpendLimit>>(List<SpendLimit> limits) -> {
        billing.limit(limits, poll.done(now));
        yield Outcome.NOTHING;
      }
      case Failed<List<SpendLimit>> failed
          when poll.done() == null && NOT_OFFERED.contains(failed.reason()) -> {
        if (!poll.notOffered()) {
          diary.news(SOURCE + " is not offered to this organisation: " + failed.sentence());
        }
        billing.keep(poll.notOffered(now, failed.sentence()));
        yield Outcome.NOTHING;
      }
      case Failed<List<SpendLimit>> failed -> {
        if (!poll.failure().equals(failed.sentence())) {
          diary.failed(SOURCE + ": " + failed.sentence());
        }
        billing.keep(poll.failed(now, failed.sentence()));
        yield Outcome.failed(Placed.NOTHING, failed.sentence());
      }
    };
  }
}

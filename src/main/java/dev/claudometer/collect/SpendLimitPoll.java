package dev.claudometer.collect;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.Answer.Reason;
import dev.claudometer.model.SpendCap;
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

/// Asks what members of an organisation may spend, and which limits are configured. Most
/// organisations have neither: that is no failure, and is asked again tomorrow. Some have one of
/// the two.
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
    Answer<List<SpendLimit>> limits = api.spendLimits(now);
    Answer<List<SpendCap>> caps = api.spendCaps(now);
    Poll poll = billing.poll(SOURCE);
    boolean neither = lacks(limits) && lacks(caps);
    if (limits instanceof Failed<List<SpendLimit>> failed && neither && poll.done() == null) {
      return notOffered(poll, failed.sentence(), now);
    }
    if (limits instanceof Failed<List<SpendLimit>> failed
        && (neither || !lacks(limits) || !billing.spendLimits().isEmpty())) {
      return failed(poll, failed.sentence(), now);
    }
    if (caps instanceof Failed<List<SpendCap>> failed
        && (!lacks(caps) || !billing.spendCaps().isEmpty())) {
      return failed(poll, failed.sentence(), now);
    }
    billing.limit(given(limits), given(caps), poll.done(now));
    return Outcome.NOTHING;
  }

  private static boolean lacks(Answer<?> answer) {
    return answer instanceof Failed<?> failed && NOT_OFFERED.contains(failed.reason());
  }

  /// Nothing where it is not offered, and never was.
  private static <T> List<T> given(Answer<List<T>> answer) {
    return answer instanceof Given<List<T>>(List<T> given) ? given : List.of();
  }

  private Outcome notOffered(Poll poll, String sentence, Instant now) {
    if (!poll.notOffered()) {
      diary.news(SOURCE + " is not offered to this organisation: " + sentence);
    }
    billing.keep(poll.notOffered(now, sentence));
    return Outcome.NOTHING;
  }

  private Outcome failed(Poll poll, String sentence, Instant now) {
    if (!poll.failure().equals(sentence)) {
      diary.failed(SOURCE + ": " + sentence);
    }
    billing.keep(poll.failed(now, sentence));
    return Outcome.failed(Placed.NOTHING, sentence);
  }
}

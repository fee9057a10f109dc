package dev.claudometer.collect;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.Answer.Reason;
import dev.claudometer.model.OrganizationEntry;
import dev.claudometer.source.adminapi.AdminApi;
import dev.claudometer.source.adminapi.Mark;
import dev.claudometer.source.adminapi.Report;
import dev.claudometer.source.adminapi.ReportPart;
import dev.claudometer.store.bill.Billing;
import dev.claudometer.store.bill.Billing.Placed;
import dev.claudometer.store.poll.Poll;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Brings the store in step with what Anthropic says an organisation used. What has been told is
/// stored page by page with how far that is, so a round that ends half-way is gone on with, also by
/// another process.
public final class OrganizationPoll {

  /// What it is called where it is remembered when names were told last.
  public static final String NAMES = "adminapi/names";

  private static final Duration BETWEEN_NAMES = Duration.ofMinutes(15);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  /// What a service says of a mark that it does not know any more.
  private static final Set<Reason> FORGETS = EnumSet.of(Reason.UNKNOWN, Reason.ABSENT);

  private final AdminApi api;
  private final Billing billing;
  private final InstantSource clock;
  private final PollLog diary;
  private final Timetable timetable;
  private final WhoseKey whoseKey;
  private final SpendLimitPoll limits;
  private final Map<Report, Setback> setbacks = new EnumMap<>(Report.class);

  /// @param since how far back history is asked for at first
  public OrganizationPoll(
      AdminApi api, Billing billing, InstantSource clock, PollLog diary, Instant since) {
    this.api = api;
    this.billing = billing;
    this.clock = clock;
    this.diary = diary;
    timetable = new Timetable(since);
    whoseKey = new WhoseKey(api, billing);
    limits = new SpendLimitPoll(api, billing, diary);
  }

  /// Failures in a row, and when to try again.
  private record Setback(int count, Instant until) {}

  /// Asks for everything that is due, one question after another.
  public Outcome run() throws InterruptedException {
    List<Report> due =
        Stream.of(Report.values())
            .filter(report -> ready(report, billing.poll(report.source())))
            .toList();
    boolean namesDue = namesDue(billing.poll(NAMES), clock.instant());
    boolean limitsDue = limits.due(clock.instant());
    if (due.isEmpty() && !namesDue && !limitsDue) {
      return Outcome.NOTHING;
    }
    String objection = whoseKey.objection(clock.instant());
    Outcome outcome = namesDue && objection == null ? names() : Outcome.NOTHING;
    for (Report report : due) {
      Poll poll = billing.poll(report.source());
      outcome =
          outcome.plus(objection == null ? round(report, poll) : refused(report, poll, objection));
    }
    return limitsDue && objection == null ? outcome.plus(limits.run(clock.instant())) : outcome;
  }

  private Outcome refused(Report report, Poll poll, String objection) {
    return failed(report, poll, Placed.NOTHING, new Failed<>(Reason.UNAUTHORIZED, objection, null));
  }

  private boolean ready(Report report, Poll poll) {
    Setback setback = setbacks.get(report);
    Instant now = clock.instant();
    return (setback == null || !now.isBefore(setback.until())) && timetable.due(report, poll, now);
  }

  private static boolean namesDue(Poll poll, Instant now) {
    return Timetable.passed(poll.done(), BETWEEN_NAMES, now)
        && Timetable.passed(poll.failed(), Duration.ofMinutes(1), now);
  }

  private Outcome names() throws InterruptedException {
    Poll poll = billing.poll(NAMES);
    return switch (api.entries()) {
      case Given<List<OrganizationEntry>>(List<OrganizationEntry> entries) -> {
        billing.name(entries, poll.done(clock.instant()));
        yield Outcome.NOTHING;
      }
      case Failed<List<OrganizationEntry>> failed -> {
        say(poll, failed.sentence());
        billing.keep(poll.failed(clock.instant(), failed.sentence()));
        yield Outcome.failed(Placed.NOTHING, failed.sentence());
      }
    };
  }

  private Outcome round(Report report, Poll before) throws InterruptedException {
    Instant began = clock.instant();
    Timetable.Round round = timetable.round(report, before, billing.known(report.billed()), began);
    Poll begun = round.sweep() ? before.sweeping(timetable.since(), began) : before;
    Poll stored = before;
    Placed placed = Placed.NOTHING;
    Instant from = round.from();
    @Nullable Mark mark = null;
    while (true) {
      switch (next(report, from, mark)) {
        case Failed<ReportPart> failed -> {
          return failed(report, stored, placed, failed);
        }
        case Given<ReportPart>(ReportPart stretch) -> {
          stored = stretch.more() ? begun.at(stretch.until()) : begun.done(clock.instant());
          placed = placed.plus(billing.put(stretch.buckets(), stored));
          from = stretch.until();
          mark = stretch.mark();
          if (!stretch.more()) {
            return done(report, before, placed);
          }
        }
      }
    }
  }

  /// A mark that the service has forgotten is not needed: all before it is stored.
  private Answer<ReportPart> next(Report report, Instant from, @Nullable Mark mark)
      throws InterruptedException {
    Answer<ReportPart> answer = api.next(report, from, mark, clock.instant());
    boolean forgotten =
        mark != null
            && answer instanceof Failed<ReportPart> failed
            && FORGETS.contains(failed.reason());
    return forgotten ? api.next(report, from, null, clock.instant()) : answer;
  }

  private Outcome done(Report report, Poll before, Placed placed) {
    setbacks.remove(report);
    if (!before.up()) {
      diary.news(report.source() + " can be read again");
    }
    if (placed.revised() > 0) {
      diary.news(report.source() + ": Anthropic revised " + placed.revised() + " past buckets");
    }
    return new Outcome(placed, List.of());
  }

  private Outcome failed(Report report, Poll poll, Placed placed, Failed<ReportPart> failed) {
    Instant now = clock.instant();
    if (notOffered(report, poll, failed.reason())) {
      sayNotOffered(poll, failed.sentence());
      billing.keep(poll.notOffered(now, failed.sentence()));
      return new Outcome(placed, List.of());
    }
    say(poll, failed.sentence());
    billing.keep(poll.failed(now, failed.sentence()));
    Setback last = setbacks.get(report);
    int count = last == null ? 1 : last.count() + 1;
    setbacks.put(report, new Setback(count, now.plus(wait(count, failed.after()))));
    return Outcome.failed(placed, failed.sentence());
  }

  /// What not every organisation is told has no place there, and is asked for again tomorrow. Any
  /// other answer is a failure, and so is this one where the report was told before.
  private static boolean notOffered(Report report, Poll poll, Reason reason) {
    boolean told = poll.done() != null || poll.next() != null;
    return !report.offeredToAll() && !told && reason == Reason.ABSENT;
  }

  private void sayNotOffered(Poll before, String sentence) {
    if (!before.notOffered()) {
      diary.news(before.source() + " is not offered to this organisation: " + sentence);
    }
  }

  /// One, two, four, … minutes, and at least what the service asks for.
  private static Duration wait(int count, @Nullable Duration asked) {
    Duration longer = Duration.ofMinutes(1L << Math.min(count - 1, 5));
    Duration own = longer.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longer;
    return asked != null && asked.compareTo(own) > 0 ? asked : own;
  }

  /// Says once what goes on failing.
  private void say(Poll before, String sentence) {
    if (!before.failure().equals(sentence)) {
      diary.failed(before.source() + ": " + sentence);
    }
  }
}

package dev.claudometer.collect;

import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.QuotaReadings;
import dev.claudometer.store.bill.Billing.Placed;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.poll.Readings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Brings the store in step with sources of quotas. One that fails does not stop the others, and
/// its last readings stay, with their age.
public final class QuotaPoll {

  private final List<QuotaSource> sources;
  private final Readings readings;
  private final DeviceId device;
  private final InstantSource clock;
  private final PollLog diary;
  private final Map<String, Instant> notBefore = new HashMap<>();

  /// @param device id of the machine whose quotas they are, empty for the one that the store is on
  public QuotaPoll(
      List<QuotaSource> sources,
      Readings readings,
      DeviceId device,
      InstantSource clock,
      PollLog diary) {
    this.sources = List.copyOf(sources);
    this.readings = readings;
    this.device = device;
    this.clock = clock;
    this.diary = diary;
  }

  /// Asks every source that is due.
  public Outcome run() throws InterruptedException {
    return run(QuotaSource::pause);
  }

  /// The same for a person, who may have mended what had failed.
  public Outcome runForPerson() throws InterruptedException {
    return run(QuotaSource::retry);
  }

  private Outcome run(Function<QuotaSource, Duration> afterFailure) throws InterruptedException {
    Outcome outcome = Outcome.NOTHING;
    for (QuotaSource source : sources) {
      Poll poll = readings.poll(source.name());
      if (due(source, poll, afterFailure.apply(source), clock.instant())) {
        outcome = outcome.plus(ask(source, poll));
      }
    }
    return outcome;
  }

  private boolean due(QuotaSource source, Poll poll, Duration retry, Instant now) {
    Instant until = notBefore.get(source.name());
    return (until == null || !now.isBefore(until))
        && Timetable.passed(poll.done(), source.pause(), now)
        && Timetable.passed(poll.failed(), retry, now)
        && !(source.spared() && told(now, source.pause()));
  }

  /// Whether the status line has told something new: one that is idle repeats itself.
  private boolean told(Instant now, Duration time) {
    return readings.limits(device).stream()
        .filter(reading -> !reading.asked())
        .map(reading -> readings.running(device, reading.window()).getLast())
        .anyMatch(news -> news.reading().at().plus(time).isAfter(now));
  }

  private Outcome ask(QuotaSource source, Poll poll) throws InterruptedException {
    Instant now = clock.instant();
    return switch (source.asking().ask(now)) {
      case Given<QuotaReadings>(QuotaReadings told) -> {
        if (!poll.up()) {
          diary.news(source.name() + " can be read again");
        }
        readings.add(device, told, poll.done(now));
        yield Outcome.NOTHING;
      }
      case Failed<QuotaReadings> failed -> {
        if (!poll.failure().equals(failed.sentence())) {
          diary.failed(source.name() + ": " + failed.sentence());
        }
        Duration after = failed.after();
        if (after != null) {
          notBefore.put(source.name(), now.plus(after));
        }
        readings.keep(poll.failed(now, failed.sentence()));
        yield Outcome.failed(Placed.NOTHING, failed.sentence());
      }
    };
  }
}

package dev.claudometer.export.otlp;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Value.Exact;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How deliveries went. Of an outage people hear when it begins and when it is over.
public final class Deliveries implements Collector {

  private final InstantSource clock;
  private final Consumer<String> warning;
  private final Consumer<String> news;
  private final Map<Signal, Tally> tallies = new EnumMap<>(Signal.class);

  /// @param warning takes the sentence on an outage that begins
  /// @param news takes the sentence on one that is over
  public Deliveries(InstantSource clock, Consumer<String> warning, Consumer<String> news) {
    this.clock = clock;
    this.warning = warning;
    this.news = news;
  }

  private static final class Tally {
    private long taken;
    private long failed;
    private @Nullable Instant last;
    private @Nullable Failure failure;
  }

  /// @param why in words that are the same for all signals of one outage
  private record Failure(Signal signal, String receiver, String why) {

    boolean sameOutage(@Nullable Failure other) {
      return other != null && other.receiver.equals(receiver) && other.why.equals(why);
    }

    String sentence() {
      return signal.word() + " are not taken by " + receiver + ": " + why;
    }
  }

  @Override
  public String source() {
    return "push";
  }

  @Override
  public synchronized void collect(Gathering into, Instant now) {
    tallies.forEach(
        (signal, tally) -> {
          into.add(Own.PUSHES_TOTAL, Exact.of(tally.taken), signal.word(), "taken");
          into.add(Own.PUSHES_TOTAL, Exact.of(tally.failed), signal.word(), "failed");
          if (tally.last != null) {
            into.add(Own.PUSHED_TIMESTAMP, new Exact(tally.last.toEpochMilli(), 3), signal.word());
          }
        });
  }

  /// What failed of the last deliveries, in one sentence; null where nothing did.
  public synchronized @Nullable String failure() {
    String all =
        tallies.values().stream()
            .map(tally -> tally.failure)
            .filter(Objects::nonNull)
            .map(Failure::sentence)
            .collect(Collectors.joining("; "));
    return all.isEmpty() ? null : all;
  }

  /// From now on there is a tally of a signal.
  synchronized void begin(Signal signal) {
    tallies.computeIfAbsent(signal, _ -> new Tally());
  }

  synchronized void taken(Signal signal, SignalReceiver receiver) {
    Tally tally = tallies.computeIfAbsent(signal, _ -> new Tally());
    Failure last = tally.failure;
    tally.taken++;
    tally.last = clock.instant();
    tally.failure = null;
    if (last != null && !known(last)) {
      news.accept(receiver.shown() + " takes " + signal.word() + " again");
    }
  }

  synchronized void failed(Signal signal, SignalReceiver receiver, String why) {
    Tally tally = tallies.computeIfAbsent(signal, _ -> new Tally());
    var failure = new Failure(signal, receiver.shown(), why);
    boolean begins = tally.failure == null && !known(failure);
    tally.failed++;
    tally.failure = failure;
    if (begins) {
      warning.accept(failure.sentence() + "; it is tried again and again, and nothing else waits");
    }
  }

  /// Whether people have heard of an outage by another signal, and not yet of its end.
  private boolean known(Failure failure) {
    return tallies.values().stream().anyMatch(tally -> failure.sameOutage(tally.failure));
  }
}

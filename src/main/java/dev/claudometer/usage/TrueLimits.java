package dev.claudometer.usage;

import dev.claudometer.model.LimitReading;
import dev.claudometer.model.LimitStretch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Joins what was told of one window to what was true, whatever came when and how often.
///
/// Nobody's word falls but where a window was reset early or a plan has changed; of a later window
/// it resets later. So of what several say the later window is true, and within one window the
/// higher word; all others are older. A word that does fall is news: what is higher and was known
/// before it fell does not hold any more. So is what the service itself says when it is asked, and
/// a session's second rise, which only an answer can bring.
public final class TrueLimits {

  /// A service computes a reset anew each time, a second off.
  public static final Duration JITTER = Duration.ofMinutes(2);

  private static final Comparator<Told> BY_TIME =
      Comparator.comparing(Told::at)
          .thenComparing(
              told -> told.stretch().reading().resetsAt(),
              Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(told -> told.stretch().reading().utilization())
          .thenComparing(told -> told.stretch().reading().origin())
          .thenComparing(told -> told.stretch().reading().session());

  private final Map<String, LimitVoice> voices = new HashMap<>();
  private final List<LimitStretch> truths = new ArrayList<>();

  private TrueLimits() {}

  private record Told(LimitStretch stretch, Instant at) {}

  /// What was true, by time; the last is what is true as far as anybody knows.
  ///
  /// @param told of one window of one machine
  public static List<LimitStretch> of(Collection<LimitStretch> told) {
    var limits = new TrueLimits();
    NavigableMap<Instant, Instant> ends = ends(told);
    told.stream()
        .map(stretch -> ended(stretch, ends))
        .flatMap(stretch -> stretch.ends().map(reading -> new Told(stretch, reading.at())))
        .sorted(BY_TIME)
        .forEach(limits::hear);
    return List.copyOf(limits.truths);
  }

  /// The last of what was true; null where nothing was told.
  public static @Nullable LimitReading last(Collection<LimitStretch> told) {
    List<LimitStretch> truths = of(told);
    return truths.isEmpty() ? null : truths.getLast().latest();
  }

  /// Every reset by the one that stands for its window: the latest of those close together.
  private static NavigableMap<Instant, Instant> ends(Collection<LimitStretch> told) {
    var ends = new TreeMap<Instant, Instant>();
    told.stream()
        .map(stretch -> stretch.reading().resetsAt())
        .filter(Objects::nonNull)
        .sorted(Comparator.reverseOrder())
        .forEach(
            end -> {
              Map.Entry<Instant, Instant> next = ends.ceilingEntry(end);
              boolean same = next != null && !next.getKey().minus(JITTER).isAfter(end);
              ends.put(end, same ? next.getValue() : end);
            });
    return ends;
  }

  private static LimitStretch ended(LimitStretch stretch, Map<Instant, Instant> ends) {
    LimitReading reading = stretch.reading();
    Instant resetsAt = reading.resetsAt();
    return resetsAt == null
        ? stretch
        : new LimitStretch(
            new LimitReading(
                reading.window(),
                reading.utilization(),
                ends.getOrDefault(resetsAt, resetsAt),
                reading.at(),
                reading.origin(),
                reading.session()),
            stretch.last());
  }

  private void hear(Told told) {
    LimitReading reading = told.stretch().reading();
    String name = reading.asked() ? "" : "session " + reading.session();
    LimitVoice voice = voices.get(name);
    if (voice == null) {
      voices.put(name, new LimitVoice(told.stretch()));
    } else {
      voice.say(told.stretch(), told.at());
    }
    LimitReading truth = truth().reading();
    if (truths.isEmpty() || !same(truths.getLast().reading(), truth)) {
      truths.add(new LimitStretch(at(truth, told.at()), told.at()));
    } else if (same(truth, reading)) {
      LimitReading first = at(truth, truths.removeLast().reading().at());
      truths.add(new LimitStretch(first, told.at()));
    }
  }

  private LimitVoice truth() {
    List<LimitVoice> left = new ArrayList<>(voices.values());
    while (true) {
      LimitVoice highest = left.stream().max(LimitVoice::compareTo).orElseThrow();
      if (left.stream().noneMatch(other -> other.disproves(highest))) {
        return highest;
      }
      left.remove(highest);
    }
  }

  private static boolean same(LimitReading one, LimitReading other) {
    return one.utilization() == other.utilization()
        && Objects.equals(one.resetsAt(), other.resetsAt());
  }

  private static LimitReading at(LimitReading reading, Instant at) {
    return new LimitReading(
        reading.window(),
        reading.utilization(),
        reading.resetsAt(),
        at,
        reading.origin(),
        reading.session());
  }
}

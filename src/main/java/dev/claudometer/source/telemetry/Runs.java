package dev.claudometer.source.telemetry;

import dev.claudometer.source.telemetry.Telemetry.Place;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The processes of one machine that have sent events. Each counts its events from 0 without a gap
/// and says nowhere which process it is, so a body is linked to a run by the number that the run
/// goes on with: in its session first, as `/clear` changes the session and the numbers go on. What
/// no run goes on with begins after a gap, where a run of the session is known; else nothing is
/// proved, as after a restart of whoever listens.
public final class Runs {

  private static final int MOST = 1_000;

  private final Deque<Run> latestLast = new ArrayDeque<>();

  /// @param next the number of the next event
  /// @param begun of its last body: the first event's place
  private record Run(String session, long next, Place begun) {}

  /// A gap that a body has proved.
  ///
  /// @param count events that did not come
  public record Gap(String session, Instant at, long first, long count) {}

  /// What is missing before a body and in it; nothing where the body has come before.
  public synchronized List<Gap> missing(List<Place> body) {
    List<Place> places = inOrder(body);
    List<Gap> gaps = new ArrayList<>();
    if (places.isEmpty() || repeated(places.getFirst())) {
      return gaps;
    }
    Run before = before(places.getFirst());
    long next = before == null ? places.getFirst().number() : before.next();
    for (Place place : places) {
      if (place.number() > next) {
        gaps.add(new Gap(place.session(), place.at(), next, place.number() - next));
      }
      next = Math.max(next, place.number() + 1);
    }
    return gaps;
  }

  /// Remembers a body that is stored.
  public synchronized void stored(List<Place> body) {
    List<Place> places = inOrder(body);
    if (places.isEmpty() || repeated(places.getFirst())) {
      return;
    }
    Run before = before(places.getFirst());
    if (before != null) {
      latestLast.remove(before);
    }
    Place last = places.getLast();
    latestLast.addLast(new Run(last.session(), last.number() + 1, places.getFirst()));
    if (latestLast.size() > MOST) {
      latestLast.removeFirst();
    }
  }

  private static List<Place> inOrder(List<Place> body) {
    return body.stream().sorted(Comparator.comparingLong(Place::number)).distinct().toList();
  }

  private boolean repeated(Place first) {
    return latestLast.stream().anyMatch(run -> run.begun().equals(first));
  }

  /// The run that a body goes on with; null where it is a new one.
  private @Nullable Run before(Place first) {
    if (first.number() == 0) {
      return null;
    }
    Run best = null;
    for (Run run : latestLast) {
      boolean own = run.session().equals(first.session());
      boolean goesOn = run.next() == first.number();
      boolean after = own && run.next() < first.number();
      if ((goesOn || after) && (best == null || rank(run, first) >= rank(best, first))) {
        best = run;
      }
    }
    return best;
  }

  /// Going on in the session, going on in another, with the fewest missing.
  private static long rank(Run run, Place first) {
    boolean own = run.session().equals(first.session());
    return run.next() == first.number() ? (own ? Long.MAX_VALUE : Long.MAX_VALUE - 1) : run.next();
  }
}

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
/// and says nowhere which process it is, so events that came together are linked to a run by the
/// number that the run goes on with: in its session first, as `/clear` changes the session and the
/// numbers go on. What no run goes on with begins after a gap, where a run of the session is known;
/// else nothing is proved, as after a restart of whoever listens. What comes late, as by way of a
/// collector, closes its gap.
public final class Runs {

  private static final int MOST = 1_000;

  private final Deque<Run> latestLast;
  private final Deque<Gap> open;

  public Runs() {
    this(new ArrayDeque<>(), new ArrayDeque<>());
  }

  private Runs(Deque<Run> latestLast, Deque<Gap> open) {
    this.latestLast = latestLast;
    this.open = open;
  }

  /// @param next the number of the next event
  /// @param begun of what came last: the first event's place
  private record Run(String session, long next, Place begun) {}

  /// Events that did not come.
  ///
  /// @param session of the event after them
  /// @param before the session of the event before them
  /// @param first number
  public record Gap(String session, String before, Instant at, long first, long count) {

    private boolean holds(Place place) {
      return place.number() >= first
          && place.number() < first + count
          && (place.session().equals(session) || place.session().equals(before));
    }
  }

  /// What a body proves.
  ///
  /// @param late how many events came that had been missed
  public record Proof(List<Gap> gaps, long late) {}

  /// What is missing before a body and in it; nothing where the body has come before.
  ///
  /// @param body what came together of each process
  public synchronized Proof proof(List<List<Place>> body) {
    return new Runs(new ArrayDeque<>(latestLast), new ArrayDeque<>(open)).take(body);
  }

  /// Remembers a body that is stored.
  public synchronized void stored(List<List<Place>> body) {
    take(body);
  }

  private Proof take(List<List<Place>> body) {
    List<Gap> gaps = new ArrayList<>();
    long late = 0;
    for (List<Place> together : body) {
      List<Place> places =
          together.stream().sorted(Comparator.comparingLong(Place::number)).distinct().toList();
      if (places.isEmpty() || repeated(places.getFirst())) {
        continue;
      }
      long closed = places.stream().filter(this::closes).count();
      late += closed;
      if (closed < places.size()) {
        follow(places, gaps);
      }
    }
    return new Proof(gaps, late);
  }

  private boolean repeated(Place first) {
    return latestLast.stream().anyMatch(run -> run.begun().equals(first));
  }

  /// Takes an event out of the gap that it was missed in.
  private boolean closes(Place place) {
    Gap gap = open.stream().filter(each -> each.holds(place)).findFirst().orElse(null);
    if (gap == null) {
      return false;
    }
    open.remove(gap);
    long before = place.number() - gap.first();
    leave(gap, gap.first(), before);
    leave(gap, place.number() + 1, gap.count() - before - 1);
    return true;
  }

  private void leave(Gap gap, long first, long count) {
    if (count > 0) {
      remember(new Gap(gap.session(), gap.before(), gap.at(), first, count));
    }
  }

  private void remember(Gap gap) {
    open.addLast(gap);
    if (open.size() > MOST) {
      open.removeFirst();
    }
  }

  /// Goes on with the run that the places belong to.
  private void follow(List<Place> places, List<Gap> gaps) {
    Run run = before(places.getFirst());
    long next = run == null ? places.getFirst().number() : run.next();
    String session = run == null ? places.getFirst().session() : run.session();
    for (Place place : places) {
      if (place.number() > next) {
        var gap = new Gap(place.session(), session, place.at(), next, place.number() - next);
        gaps.add(gap);
        remember(gap);
      }
      next = Math.max(next, place.number() + 1);
      session = place.session();
    }
    if (run != null) {
      latestLast.remove(run);
    }
    latestLast.addLast(new Run(session, next, places.getFirst()));
    if (latestLast.size() > MOST) {
      latestLast.removeFirst();
    }
  }

  /// The run that places belong to; null where they begin a new one.
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

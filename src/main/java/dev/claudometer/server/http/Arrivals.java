package dev.claudometer.server.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Bodies that are on their way: few of each caller, and not too many of strangers. Where there is
/// no place left, the one that has been on its way longest gives way: whoever sends at once gets
/// in, and who only wants to keep us waiting does not.
final class Arrivals {

  private static final int MOST_OF_A_CALLER = 16;
  private static final int MOST_OF_STRANGERS = 256;

  private final Map<String, Deque<Arrival>> callers = new HashMap<>();
  private final Set<Arrival> strangers = new LinkedHashSet<>();

  /// One body. It is read by the thread that has begun it.
  final class Arrival implements AutoCloseable {

    private final String caller;
    private final Thread reader = Thread.currentThread();
    private boolean ended;
    private boolean gaveWay;

    private Arrival(String caller) {
      this.caller = caller;
    }

    /// Whether it had to give way: its reader was interrupted.
    boolean gaveWay() {
      synchronized (Arrivals.this) {
        return gaveWay;
      }
    }

    @Override
    public void close() {
      if (end(this)) {
        // it is answered yet, by the same thread
        Thread.interrupted();
      }
    }
  }

  /// Begins to read a body.
  ///
  /// @param caller whose it is: an id, or a stranger's address
  synchronized Arrival begin(String caller, boolean stranger) {
    Deque<Arrival> own = callers.computeIfAbsent(caller, _ -> new ArrayDeque<>());
    if (own.size() >= MOST_OF_A_CALLER) {
      giveWay(own.getFirst());
    } else if (stranger && strangers.size() >= MOST_OF_STRANGERS) {
      giveWay(strangers.iterator().next());
    }
    var arrival = new Arrival(caller);
    callers.computeIfAbsent(caller, _ -> new ArrayDeque<>()).addLast(arrival);
    if (stranger) {
      strangers.add(arrival);
    }
    return arrival;
  }

  private void giveWay(Arrival oldest) {
    oldest.gaveWay = true;
    oldest.reader.interrupt();
    remove(oldest);
  }

  private synchronized boolean end(Arrival arrival) {
    if (!arrival.ended) {
      arrival.ended = true;
      remove(arrival);
    }
    return arrival.gaveWay;
  }

  private void remove(Arrival arrival) {
    strangers.remove(arrival);
    callers.computeIfPresent(
        arrival.caller,
        (_, own) -> {
          own.remove(arrival);
          return own.isEmpty() ? null : own;
        });
  }
}

package dev.claudometer.server.api;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Identities;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Line;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.http.Subscription;
import dev.claudometer.store.FleetQueries;
import dev.claudometer.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells browsers that figures have changed, at most once a second. What they are, a page asks
/// then.
///
/// The store is asked, not the committer: with several servers on one database each tells what all
/// of them have stored.
public final class LiveApi {

  private static final int MOST = 200;
  private static final int MOST_OF_ONE = 8;
  private static final int RETRY_SECONDS = 30;
  private static final long TICK_MILLIS = 1_000;
  private static final int TICKS_TO_A_CHECK = 5;
  private static final int TICKS_TO_A_COMMENT = 15;

  private final FleetQueries store;
  private final Identities identities;
  private final InstantSource clock;
  private final List<Listener> listeners = new ArrayList<>();
  private @Nullable Thread watch;

  LiveApi(FleetQueries store, Identities identities, InstantSource clock) {
    this.store = store;
    this.identities = identities;
    this.clock = clock;
  }

  private record Listener(String owner, BooleanSupplier admitted, Line line) {}

  List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/live",
            Access.VIEWER,
            "Server-sent events: the store's revision whenever it has changed",
            this::subscribe));
  }

  /// The revision of what is stored now.
  public long revision() {
    return store.standing().revision();
  }

  private Subscription subscribe(Call call) {
    String session = call.session();
    if (session == null || !(call.principal() instanceof Principal.User user)) {
      throw Problem.of(403, "this is for browsers: a script asks for /api/v1/status");
    }
    if (!String.valueOf(call.header("Accept")).contains("text/event-stream")) {
      throw Problem.of(406, "this is answered as text/event-stream only");
    }
    BooleanSupplier admitted = () -> identities.holdsSession(session);
    return line -> begin(user.id(), admitted, line);
  }

  private synchronized void begin(String owner, BooleanSupplier admitted, Supplier<Line> opened) {
    if (listeners.size() >= MOST) {
      throw Problem.later(429, "too many pages are kept up to date", RETRY_SECONDS, null);
    }
    makeRoom(owner);
    long revision = revision();
    Line line = opened.get();
    line.say("retry: 5000\n" + changed(revision));
    listeners.add(new Listener(owner, admitted, line));
    if (watch == null) {
      watch = Thread.ofPlatform().daemon().name("live").start(() -> watch(revision));
    }
  }

  /// That a page has been left is only noticed when it is spoken to: its place goes to the next
  /// one.
  private void makeRoom(String owner) {
    List<Listener> own =
        listeners.stream().filter(listener -> listener.owner().equals(owner)).toList();
    if (own.size() >= MOST_OF_ONE) {
      own.getFirst().line().end();
      listeners.remove(own.getFirst());
    }
  }

  private static String changed(long revision) {
    return "data: " + revision + "\n\n";
  }

  private void watch(long first) {
    long told = first;
    long minute = minute();
    for (int tick = 1; rested() && anyone(); tick++) {
      if (tick % TICKS_TO_A_CHECK == 0) {
        keep(listener -> listener.admitted().getAsBoolean());
      }
      long revision = revisionElse(told);
      if (revision != told) {
        say(changed(revision));
      } else if (minute() != minute) {
        say("event: minute\ndata: " + revision + "\n\n");
      } else if (tick % TICKS_TO_A_COMMENT == 0) {
        say(":\n\n");
      }
      told = revision;
      minute = minute();
    }
  }

  private static boolean rested() {
    try {
      Thread.sleep(TICK_MILLIS);
      return true;
    } catch (InterruptedException stopped) {
      return false;
    }
  }

  /// The watch ends with the last listener; the next one begins another.
  private synchronized boolean anyone() {
    if (listeners.isEmpty()) {
      watch = null;
    }
    return !listeners.isEmpty();
  }

  private long minute() {
    return clock.instant().getEpochSecond() / 60;
  }

  private long revisionElse(long last) {
    try {
      return revision();
    } catch (StoreException unreachable) {
      return last;
    }
  }

  private void say(String text) {
    keep(listener -> listener.line().say(text));
  }

  private interface Condition {
    boolean holds(Listener listener);
  }

  /// Ends the lines for which a condition does not hold.
  private void keep(Condition condition) {
    List<Listener> now;
    synchronized (this) {
      now = List.copyOf(listeners);
    }
    List<Listener> over = now.stream().filter(listener -> !kept(condition, listener)).toList();
    over.forEach(listener -> listener.line().end());
    synchronized (this) {
      listeners.removeAll(over);
    }
  }

  private static boolean kept(Condition condition, Listener listener) {
    try {
      return condition.holds(listener);
    } catch (StoreException unreachable) {
      return true;
    }
  }
}

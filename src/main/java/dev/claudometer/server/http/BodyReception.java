package dev.claudometer.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;

/// Takes in what requests bring. Nobody else waits for a body that does not arrive: its thread is a
/// virtual one, its bytes and its place are counted.
final class BodyReception {

  /// All strangers together have a caller's share.
  private static final String STRANGERS = "strangers";

  /// Who sends no key sends little. A daemon that has its key in the body is told to send it in the
  /// header where it wants to send more.
  private static final long MOST_OF_A_STRANGER = 8 << 20;

  private final Arrivals arrivals = new Arrivals();
  private final BodyMemory memory = BodyMemory.ofThisProcess();
  private final InstantSource clock;

  /// @param clock never goes back
  BodyReception(InstantSource clock) {
    this.clock = clock;
  }

  BodyMemory.Share share(Guard.Admitted caller) {
    return memory.share(caller.principal().stranger() ? STRANGERS : key(caller));
  }

  /// Reads what a request brings.
  ///
  /// @throws Malformed where it breaks off, or is not as HTTP has it
  /// @throws Problem [Route#late] where it does not arrive in time, 413 where it is too large
  Body body(Context context, Route route, Guard.Admitted caller, BodyMemory.Share share) {
    long announced = context.req().getContentLengthLong();
    if (!route.changes() || announced == 0) {
      return Body.NONE;
    }
    boolean stranger = caller.principal().stranger();
    long most = stranger ? Math.min(route.mostBytes(), MOST_OF_A_STRANGER) : route.mostBytes();
    if (announced > most) {
      throw Body.tooLarge(most);
    }
    Arrivals.Arrival arrival = arrivals.begin(key(caller), stranger);
    try (arrival;
        InputStream timed = new TimedBody(context.bodyInputStream(), clock, route)) {
      return Body.read(timed, most, share);
    } catch (IOException failure) {
      if (arrival.gaveWay()) {
        throw route.tooLate("the body did not arrive, and others are waiting");
      }
      throw new Malformed("the body broke off, or is not as HTTP has it", failure);
    }
  }

  private static String key(Guard.Admitted caller) {
    return caller.principal().counted(caller.address());
  }
}

package dev.claudometer.server.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A body that has to arrive within half a minute: who sends more slowly only wants to keep us
/// waiting.
final class TimedBody extends FilterInputStream {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final Route route;
  private final Instant end;

  TimedBody(InputStream body, InstantSource clock, Route route) {
    super(body);
    this.clock = clock;
    this.route = route;
    end = clock.instant().plus(LONGEST);
  }

  @Override
  public int read() throws IOException {
    check();
    return super.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    check();
    return super.read(bytes, offset, length);
  }

  private void check() {
    if (clock.instant().isAfter(end)) {
      throw route.tooLate("the body took longer than " + LONGEST.toSeconds() + " s to arrive");
    }
  }
}

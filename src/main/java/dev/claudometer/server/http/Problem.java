package dev.claudometer.server.http;

import dev.claudometer.wire.body.BodyTooLarge;
import dev.claudometer.wire.body.MalformedDelivery;
import dev.claudometer.wire.body.UnsupportedEncoding;
import dev.claudometer.wire.body.UnusableBody;
import org.jspecify.annotations.Nullable;

/// A call that cannot be answered as it stands; its message is for the caller.
public final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final long retryAfterSeconds;

  private Problem(int status, String message, long retryAfterSeconds, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  public static Problem of(int status, String message) {
    return new Problem(status, message, 0, null);
  }

  /// A body that is too large, or not what it should be.
  public static Problem of(UnusableBody unusable) {
    int status =
        switch (unusable) {
          case MalformedDelivery _ -> 422;
          case BodyTooLarge _ -> 413;
          case UnsupportedEncoding _ -> 415;
        };
    return of(status, String.valueOf(unusable.getMessage()));
  }

  /// The call may be repeated after some time.
  public static Problem later(int status, String message, long seconds, @Nullable Throwable cause) {
    return new Problem(status, message, Math.max(1, seconds), cause);
  }

  public static Problem notFound(String what) {
    return of(404, "there is no " + what);
  }

  public int status() {
    return status;
  }

  /// Seconds to wait, 0 where waiting does not help.
  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}

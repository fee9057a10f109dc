package dev.claudometer.server.auth;

import java.time.Duration;

/// How often something may be done in a stretch of time.
///
/// @param name keeps the counts of different limits apart
public record Limit(String name, int requests, Duration window) {

  /// Enrolment codes that one address may guess wrong, and machines that it may register without
  /// one.
  public static final Limit REGISTER = new Limit("register", 10, Duration.ofHours(1));

  /// Requests of a script, or of an address that is neither a person's nor a script's.
  public static final Limit API = new Limit("api", 100, Duration.ofMinutes(1));

  /// Pages that a person opens. An open page that follows what comes in asks again up to once a
  /// second, and people keep several open.
  public static final Limit PAGES = new Limit("pages", 1_000, Duration.ofMinutes(1));

  /// Pushes of a peer's daemon.
  public static final Limit USAGE = new Limit("usage", 60, Duration.ofMinutes(1));

  /// What deliveries of one machine may bring, in bytes, unpacked.
  public static final Limit BYTES = new Limit("bytes", 1 << 30, Duration.ofMinutes(10));

  /// Deliveries of an agent.
  public static final Limit INGEST = new Limit("ingest", 1_200, Duration.ofMinutes(1));
}

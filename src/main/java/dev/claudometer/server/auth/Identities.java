package dev.claudometer.server.auth;

import dev.claudometer.model.DeviceId;
import dev.claudometer.store.registry.Account;
import dev.claudometer.store.registry.Credential;
import dev.claudometer.store.registry.Credential.Kind;
import dev.claudometer.store.registry.Credentials;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Registry;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Who holds a key, a token or a session. A revoked device and a disabled account are nobody.
public final class Identities {

  private static final int LONGEST_SECRET = 200;

  private final Registry registry;
  private final Sightings sightings;
  private final InstantSource clock;
  private final @Nullable String scraper;

  /// @param scraper digest of a secret that opens the metrics and nothing else
  public Identities(
      Registry registry, Sightings sightings, InstantSource clock, @Nullable String scraper) {
    this.registry = registry;
    this.sightings = sightings;
    this.clock = clock;
    this.scraper = scraper;
  }

  /// Finds out who calls.
  ///
  /// @param secret a device key or an API token
  /// @param session of a browser; looked at only where there is no other secret
  public Principal of(@Nullable String secret, @Nullable String session) {
    if (secret != null) {
      return secret.length() > LONGEST_SECRET ? new Principal.Anonymous() : bearer(secret);
    }
    return session == null || session.length() > LONGEST_SECRET
        ? new Principal.Anonymous()
        : browser(session);
  }

  private Principal bearer(String secret) {
    String digest = Secrets.digest(secret);
    if (digest.equals(scraper)) {
      return new Principal.Scraper("environment");
    }
    Instant now = clock.instant();
    Credentials credentials = registry.credentials();
    Credential key = credentials.find(Kind.DEVICE_KEY, digest, now);
    if (key != null) {
      Device device = registry.devices().find(new DeviceId(key.holder()));
      sightings.used(digest, now);
      return device == null || device.revoked()
          ? new Principal.Anonymous()
          : new Principal.Device(device.id(), device.name());
    }
    Credential token = credentials.find(Kind.API_TOKEN, digest, now);
    if (token == null) {
      return scraper(digest, now);
    }
    sightings.used(digest, now);
    Account owner = registry.accounts().find(token.holder());
    return owner == null || owner.disabled()
        ? new Principal.Anonymous()
        : new Principal.Token(
            token.digest().substring(0, 12),
            token.label(),
            owner.name(),
            Account.Role.valueOf(token.role()).least(owner.role()));
  }

  private Principal scraper(String digest, Instant now) {
    if (registry.credentials().find(Kind.METRICS_TOKEN, digest, now) == null) {
      return new Principal.Anonymous();
    }
    sightings.used(digest, now);
    return new Principal.Scraper(digest.substring(0, 12));
  }

  private Principal browser(String session) {
    Instant now = clock.instant();
    Credential found = registry.credentials().find(Kind.SESSION, Secrets.digest(session), now);
    if (found == null || idle(found, now)) {
      return new Principal.Anonymous();
    }
    Account account = registry.accounts().find(found.holder());
    if (account == null || account.disabled()) {
      return new Principal.Anonymous();
    }
    sightings.used(found.digest(), now);
    return new Principal.User(account.id(), account.name(), account.role());
  }

  /// Whether a browser's session is still in force. To ask this is not to use it.
  public boolean holdsSession(String session) {
    Instant now = clock.instant();
    Credential found = registry.credentials().find(Kind.SESSION, Secrets.digest(session), now);
    Account account = found == null ? null : registry.accounts().find(found.holder());
    return found != null && !idle(found, now) && account != null && !account.disabled();
  }

  private boolean idle(Credential session, Instant now) {
    Instant noted = sightings.lastUse(session.digest());
    Instant written = session.lastUsed() == null ? session.createdAt() : session.lastUsed();
    Instant last = noted == null ? written : noted;
    return last.plus(SessionCookie.IDLE).isBefore(now);
  }
}

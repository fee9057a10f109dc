package dev.claudometer.store.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A secret that somebody holds. We hold its digest.
///
/// @param digest SHA-256 of the secret, in hex
/// @param holder id of the device or the account it stands for
/// @param label for people: a token's name, a session's browser, the name a device will have
/// @param role of a token: what it may do
/// @param prefix the secret's first characters, to recognise it by
/// @param expiresAt null where it does not
/// @param uses how often it can be redeemed
public record Credential(
    String digest,
    Kind kind,
    String holder,
    String label,
    String role,
    String prefix,
    String address,
    Instant createdAt,
    @Nullable Instant lastUsed,
    @Nullable Instant expiresAt,
    int uses) {

  /// A secret that is redeemed once, if at all.
  public Credential(
      String digest,
      Kind kind,
      String holder,
      String label,
      String role,
      String prefix,
      String address,
      Instant createdAt,
      @Nullable Instant lastUsed,
      @Nullable Instant expiresAt) {
    this(digest, kind, holder, label, role, prefix, address, createdAt, lastUsed, expiresAt, 1);
  }

  /// What a secret is for.
  public enum Kind {
    /// The key that a machine reports with.
    DEVICE_KEY,
    /// A script's token.
    API_TOKEN,
    /// Reads metrics and nothing else.
    METRICS_TOKEN,
    /// A person's browser session.
    SESSION,
    /// A browser that a person has logged in with before. It opens nothing.
    KNOWN_BROWSER,
    /// Enrols machines, as many as it has uses.
    ENROLMENT_CODE,
    /// Makes the first administrator, once; later lets somebody try to log in without waiting.
    SETUP_TOKEN
  }
}

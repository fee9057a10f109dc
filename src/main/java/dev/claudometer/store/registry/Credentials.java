package dev.claudometer.store.registry;

import dev.claudometer.store.registry.Credential.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The secrets that are in force, by their digests. Changes happen within [Registry#change].
public interface Credentials {

  void add(Credential credential);

  /// One that is in force at an instant.
  @Nullable Credential find(Kind kind, String digest, Instant at);

  /// Notes when each was used last, by digest.
  void used(Map<String, Instant> times);

  /// Uses one up by one, after its last use for good; null where it is not in force or somebody
  /// else was quicker.
  @Nullable Credential redeem(Kind kind, String digest, Instant at);

  /// Those of a holder, or all of a kind; the newest first.
  List<Credential> list(Kind kind, @Nullable String holder);

  /// Ends those of a holder at an instant, if they do not end earlier.
  void expire(Kind kind, String holder, Instant at);

  void remove(Kind kind, String digest);

  /// Removes what has expired.
  void sweep(Instant at);
}

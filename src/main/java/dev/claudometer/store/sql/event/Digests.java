package dev.claudometer.store.sql.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.model.EventKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Makes ids of keys, with SHA-256: nobody can make two keys meet.
public final class Digests {

  private final MessageDigest sha;

  public Digests() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  public EventId of(EventKey key) {
    EventId message = of(key.messageId()).first();
    EventId response =
        key.requestId().isEmpty() ? message : message.withRequest(of(key.requestId()));
    return response.part(key.part());
  }

  public EventId of(String key) {
    return EventId.of(sha.digest(key.getBytes(UTF_8)));
  }
}

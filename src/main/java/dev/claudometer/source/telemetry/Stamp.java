package dev.claudometer.source.telemetry;

import java.util.Map;
import java.util.Set;

/// Who somebody is that signed in at a Claude apps gateway: the client puts it on whatever it
/// sends. It is believed of a gateway alone that is trusted, and read of nobody else.
final class Stamp {

  private static final String SOURCE = "identity.source";
  private static final String GATEWAY = "gateway-oidc";
  private static final String EMAIL = "user.email";
  private static final String SUBJECT = "user.id";
  private static final int LONGEST = 200;

  private static final Set<String> ATTRIBUTES = Set.of(SOURCE, EMAIL, SUBJECT);

  private Stamp() {}

  static boolean holds(String attribute) {
    return ATTRIBUTES.contains(attribute);
  }

  /// The e-mail address, or else the subject of the identity provider; empty where there is no
  /// stamp.
  static String person(Map<String, String> attributes) {
    if (!GATEWAY.equals(attributes.get(SOURCE))) {
      return "";
    }
    String email = attributes.getOrDefault(EMAIL, "").strip();
    String person = email.isEmpty() ? attributes.getOrDefault(SUBJECT, "").strip() : email;
    return person.length() > LONGEST ? "" : person;
  }
}

package dev.claudometer.app.server;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.server.auth.Secrets;
import dev.claudometer.server.auth.Secrets.Secret;
import dev.claudometer.store.registry.Credential;
import dev.claudometer.store.registry.Credential.Kind;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.store.registry.Registry.Deed;
import java.time.Duration;
import java.time.Instant;

/// What a server says when it has started: where it is, and how it gets its first administrator.
final class Greeting {

  private static final Duration SETUP_TOKEN = Duration.ofHours(24);

  private final Surroundings surroundings;
  private final Registry registry;

  Greeting(Surroundings surroundings, Registry registry) {
    this.surroundings = surroundings;
    this.registry = registry;
  }

  void print(String url) {
    surroundings.out().println("Claudometer listens on " + url);
    if (registry.accounts().list().isEmpty()) {
      surroundings.out().println("Set-up token (once, within a day): " + setupToken().text());
      surroundings.out().println("Set it up in a browser: " + url + "/setup");
    } else {
      surroundings
          .out()
          .println(
              "Kept from logging in by wrong passwords? This token lets you try (once, within a"
                  + " day): "
                  + setupToken().text());
    }
    surroundings.out().flush();
  }

  /// Tokens of earlier starts end.
  private Secret setupToken() {
    Secret token = new Secrets().next("st_");
    Instant now = surroundings.clock().instant();
    registry.change(
        new Deed("console", "", "setup.token", "", "", now),
        () -> {
          registry.credentials().expire(Kind.SETUP_TOKEN, "", now);
          registry
              .credentials()
              .add(
                  new Credential(
                      token.digest(),
                      Kind.SETUP_TOKEN,
                      "",
                      "",
                      "",
                      "",
                      "",
                      now,
                      null,
                      now.plus(SETUP_TOKEN)));
          return token.prefix();
        });
    return token;
  }
}

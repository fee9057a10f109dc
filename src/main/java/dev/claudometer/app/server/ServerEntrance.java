package dev.claudometer.app.server;

import dev.claudometer.app.process.Started;
import dev.claudometer.server.Gatekeeper;
import dev.claudometer.server.api.Options;
import dev.claudometer.server.auth.Guests;
import dev.claudometer.server.auth.HostGuard;
import dev.claudometer.server.auth.Identities;
import dev.claudometer.server.auth.Passwords;
import dev.claudometer.server.auth.RateLimits;
import dev.claudometer.server.auth.Scopes;
import dev.claudometer.server.auth.Sightings;
import dev.claudometer.server.http.Guard;
import dev.claudometer.store.registry.Registry;
import java.time.InstantSource;

/// Who may come into a server, and the guard who asks.
record ServerEntrance(Options.Entrance options, Guard guard) {

  /// @param parts end what is made
  static ServerEntrance of(
      ServerOptions.Access access,
      Registry registry,
      RateLimits limits,
      InstantSource clock,
      Started parts) {
    var sightings = parts.keep(new Sightings(registry));
    var identities = new Identities(registry, sightings, clock, access.scraper());
    var guests = new Guests(registry, access.publicHost());
    var options =
        new Options.Entrance(
            identities,
            guests,
            sightings,
            limits,
            new Passwords(Passwords.COST),
            access.openRegistration());
    var hosts = new HostGuard(access.loopback(), access.publicHost());
    return new ServerEntrance(
        options,
        new Gatekeeper(hosts, access.proxies(), identities, guests, limits, new Scopes(registry)));
  }
}

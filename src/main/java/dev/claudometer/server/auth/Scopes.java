package dev.claudometer.server.auth;

import static java.util.stream.Collectors.toSet;

import dev.claudometer.report.Scope;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Registry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whose usage each caller may see. A lead sees the machines of the own team, and where there is no
/// team none.
public final class Scopes {

  private final Registry registry;

  public Scopes(Registry registry) {
    this.registry = registry;
  }

  public Scope of(Principal principal) {
    String lead = lead(principal);
    if (lead == null) {
      return Scope.ALL;
    }
    Map<String, String> teams = registry.teams().byPerson();
    String team = teams.getOrDefault(lead, "");
    return new Scope(
        registry.devices().list().stream()
            .filter(device -> !team.isEmpty() && team.equals(teams.get(device.owner())))
            .map(Device::id)
            .collect(toSet()));
  }

  private static @Nullable String lead(Principal principal) {
    return switch (principal) {
      case Principal.User(_, String name, Role role) when role == Role.LEAD -> name;
      case Principal.Token(_, _, String owner, Role role) when role == Role.LEAD -> owner;
      default -> null;
    };
  }
}

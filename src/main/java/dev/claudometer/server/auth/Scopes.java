package dev.claudometer.server.auth;

import static java.util.stream.Collectors.toSet;

import dev.claudometer.report.Scope;
import dev.claudometer.store.registry.Account.Role;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Registry;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Whose usage each caller may see. A lead sees the machines of the own team, and where there is no
/// team none; a viewer all. Where the server is set so, a viewer sees the own ones only; or viewers
/// and leads do, and besides them the sums of whole teams.
public final class Scopes {

  /// The setting, and its values that keep viewers to their own machines.
  public static final String SETTING = "viewersSee";

  public static final String OWN = "own";

  /// Leads too, with the sums of teams for everybody.
  public static final String TEAMS = "teams";

  private final Registry registry;

  public Scopes(Registry registry) {
    this.registry = registry;
  }

  /// Asks the database only about those who may not see all.
  public Scope of(Principal principal) {
    String lead = name(principal, Role.LEAD);
    if (lead != null && !set(TEAMS)) {
      Map<String, String> teams = registry.teams().byPerson();
      String team = teams.getOrDefault(lead, "");
      return machines(device -> !team.isEmpty() && team.equals(teams.get(device.owner())), false);
    }
    String own = lead == null ? viewer(principal) : lead;
    return own == null
        ? Scope.ALL
        : machines(device -> !own.isEmpty() && own.equals(device.owner()), set(TEAMS));
  }

  /// Whether what is of all machines together is kept from a caller, beside what [Access] says.
  public boolean keeps(Access access, Principal principal) {
    return (access == Access.FLEET || access == Access.METRICS) && viewer(principal) != null;
  }

  /// A viewer who sees the own machines only, by name: a guest has none.
  private @Nullable String viewer(Principal principal) {
    String name = principal instanceof Principal.Guest ? "" : name(principal, Role.VIEWER);
    return name != null && (set(OWN) || set(TEAMS)) ? name : null;
  }

  private boolean set(String value) {
    return value.equals(registry.settings().get(SETTING));
  }

  private Scope machines(Predicate<Device> seen, boolean teams) {
    return new Scope(
        registry.devices().list().stream().filter(seen).map(Device::id).collect(toSet()), teams);
  }

  private static @Nullable String name(Principal principal, Role wanted) {
    return switch (principal) {
      case Principal.User(_, String name, Role role) when role == wanted -> name;
      case Principal.Token(_, _, String owner, Role role) when role == wanted -> owner;
      default -> null;
    };
  }
}

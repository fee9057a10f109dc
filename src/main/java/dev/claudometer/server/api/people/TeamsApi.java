package dev.claudometer.server.api.people;

import static java.util.stream.Collectors.toCollection;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.registry.Account;
import dev.claudometer.store.registry.Device;
import dev.claudometer.store.registry.Registry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Teams: who is in which, and so whose machines are.
public final class TeamsApi {

  private final Registry registry;

  public TeamsApi(Registry registry) {
    this.registry = registry;
  }

  /// A team.
  ///
  /// @param people names of accounts, and of owners of machines who have none
  /// @param devices ids of their machines
  public record Team(String name, List<String> people, List<String> devices) {}

  /// All teams.
  ///
  /// @param people everybody who could be in one: with an account, or with a machine
  public record Teams(List<Team> teams, List<String> people) {}

  /// The team that a person is to be in.
  ///
  /// @param team empty or null for none
  public record Membership(@Nullable String team) {}

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/teams",
            Access.ADMIN,
            "The teams, with their people and machines",
            _ -> teams()),
        Route.put(
            "/api/v1/people/{person}/team",
            Access.ADMIN,
            "Put a person into a team, or into none",
            this::put));
  }

  /// The teams, by name.
  public Teams teams() {
    Map<String, String> byPerson = registry.teams().byPerson();
    List<Device> devices = registry.devices().list();
    Set<String> people =
        registry.accounts().list().stream().map(Account::name).collect(toCollection(TreeSet::new));
    devices.stream().map(Device::owner).filter(name -> !name.isEmpty()).forEach(people::add);
    people.addAll(byPerson.keySet());
    Map<String, Set<String>> members = new TreeMap<>();
    byPerson.forEach(
        (person, team) -> members.computeIfAbsent(team, _ -> new TreeSet<>()).add(person));
    return new Teams(
        members.entrySet().stream()
            .map(team -> team(team.getKey(), team.getValue(), devices))
            .toList(),
        List.copyOf(people));
  }

  private static Team team(String name, Set<String> people, List<Device> devices) {
    return new Team(
        name,
        List.copyOf(people),
        devices.stream()
            .filter(device -> people.contains(device.owner()))
            .map(device -> device.id().text())
            .toList());
  }

  private Object put(Call call) throws IOException {
    put(call, call.path("person"), call.body(Membership.class).team());
    return teams();
  }

  /// Puts a person into a team, or into none.
  ///
  /// @throws Problem 404 where nobody has that name, 422 where the team's name cannot be one
  public void put(Call call, String person, @Nullable String team) {
    if (!teams().people().contains(person)) {
      throw Problem.notFound("person with this name: nobody logs in with it or owns a machine");
    }
    String name = team == null || team.isBlank() ? "" : NewNames.name(team.strip());
    registry.change(
        call.deed("team.change", person, name.isEmpty() ? "none" : name),
        () -> {
          registry.teams().put(person, name);
          return name;
        });
  }
}

package dev.claudometer.server.api.kept;

import static java.util.stream.Collectors.toSet;

import dev.claudometer.report.KnownMachines;
import dev.claudometer.report.Scope;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.Sums;
import dev.claudometer.store.TimeRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Which views may be told to whoever sees some machines only: those that name nothing but what is
/// of these machines. What else stands in an address may be a name too, such as a text that was
/// looked for.
final class TellableViews {

  /// What in an address names nothing.
  private static final Set<String> NAMELESS =
      Set.of(
          "from",
          "to",
          "tz",
          "source",
          "by",
          "step",
          "sort",
          "span",
          "plan",
          "cacheTtl",
          "contract",
          "shortPrompts");

  private static final Map<String, Dimension> USED =
      Map.of(
          "project", Dimension.PROJECT,
          "model", Dimension.MODEL,
          "branch", Dimension.BRANCH,
          "session", Dimension.SESSION);

  private final KnownMachines fleet;
  private final Sums store;
  private final Scope scope;
  private final Map<String, Set<String>> known = new HashMap<>();

  TellableViews(KnownMachines fleet, Sums store, Scope scope) {
    this.fleet = fleet;
    this.store = store;
    this.scope = scope;
  }

  boolean tells(ViewAddress address) {
    return scope.devices() == null || address.parameters().stream().allMatch(this::tells);
  }

  private boolean tells(ViewAddress.Parameter parameter) {
    String name = parameter.name();
    return NAMELESS.contains(name)
        || name.endsWith(".sort")
        || name.endsWith(".page")
        || known.computeIfAbsent(name, this::values).contains(parameter.value());
  }

  private Set<String> values(String name) {
    Dimension dimension = USED.get(name);
    if (dimension != null) {
      return store.sums(TimeRange.ALL, scope.where(), Set.of(dimension)).stream()
          .map(of(dimension))
          .collect(toSet());
    }
    KnownMachines.Names names = fleet.names();
    List<String> devices =
        names.devices().keySet().stream().filter(scope::holds).map(id -> id.text()).toList();
    return switch (name) {
      case "device" -> Set.copyOf(devices);
      case "person" ->
          names.devices().keySet().stream().filter(scope::holds).map(names::owner).collect(toSet());
      case "team" ->
          names.devices().keySet().stream().filter(scope::holds).map(names::team).collect(toSet());
      default -> Set.of();
    };
  }

  private static Function<Slice, String> of(Dimension dimension) {
    return slice ->
        switch (dimension) {
          case PROJECT -> slice.project().text();
          case MODEL -> slice.model();
          case BRANCH -> slice.branch();
          case SESSION -> slice.session().text();
          case DEVICE -> slice.device().text();
        };
  }
}

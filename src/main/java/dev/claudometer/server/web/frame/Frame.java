package dev.claudometer.server.web.frame;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.store.registry.Account.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is around the content of every page.
///
/// @param address of the page, to mark its place in the menu
/// @param user null where nobody has logged in
/// @param role of the user; null where nobody has logged in
/// @param guests the networks that people may look from without logging in, empty for none
public record Frame(
    String title,
    String address,
    String serverName,
    @Nullable String user,
    @Nullable Role role,
    String guests,
    String version,
    Assets assets) {

  /// Who looks without having logged in.
  static final String GUEST = "(guest)";

  private static final List<Place> MENU =
      List.of(
          new Place("/", "Overview", Access.VIEWER),
          new Place("/sessions", "Sessions", Access.VIEWER),
          new Place("/projects", "Projects", Access.VIEWER),
          new Place("/branches", "Branches and PRs", Access.VIEWER),
          new Place("/models", "Models", Access.VIEWER),
          new Place("/devices", "Devices", Access.VIEWER),
          new Place("/limits", "Limits", Access.VIEWER),
          new Place("/quality", "Data quality", Access.FLEET),
          new Place("/organization", "Organisation", Access.FINANCE),
          new Place("/account", "Account", Access.VIEWER),
          new Place("/people", "People", Access.ADMIN),
          new Place("/settings", "Settings", Access.ADMIN),
          new Place("/logs", "Logs", Access.ADMIN),
          new Place("/audit", "Audit", Access.ADMIN));

  /// A place in the menu.
  public record Place(String address, String name, Access access) {}

  public boolean admin() {
    return role == Role.ADMIN;
  }

  public List<Place> menu() {
    Role asked = role == null ? Role.VIEWER : role;
    return MENU.stream()
        .filter(place -> place.access().allows(new Principal.User("", "", asked)))
        .filter(place -> !guest() || !place.address().equals("/account"))
        .toList();
  }

  public boolean guest() {
    return GUEST.equals(user);
  }

  public String asset(String name) {
    return assets.address(name);
  }
}

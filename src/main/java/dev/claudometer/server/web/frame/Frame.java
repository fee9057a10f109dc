package dev.claudometer.server.web.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is around the content of every page.
///
/// @param address of the page, to mark its place in the menu
/// @param user null where nobody has logged in
/// @param guests the networks that people may look from without logging in, empty for none
public record Frame(
    String title,
    String address,
    String serverName,
    @Nullable String user,
    boolean admin,
    String guests,
    String version,
    Assets assets) {

  /// Who looks without having logged in.
  static final String GUEST = "(guest)";

  private static final List<Place> MENU =
      List.of(
          new Place("/", "Overview", false),
          new Place("/sessions", "Sessions", false),
          new Place("/projects", "Projects", false),
          new Place("/branches", "Branches and PRs", false),
          new Place("/models", "Models", false),
          new Place("/devices", "Devices", false),
          new Place("/limits", "Limits", false),
          new Place("/quality", "Data quality", false),
          new Place("/organization", "Organisation", true),
          new Place("/account", "Account", false),
          new Place("/people", "People", true),
          new Place("/settings", "Settings", true),
          new Place("/logs", "Logs", true),
          new Place("/audit", "Audit", true));

  /// A place in the menu.
  public record Place(String address, String name, boolean forAdmins) {}

  public List<Place> menu() {
    return MENU.stream()
        .filter(place -> admin || !place.forAdmins())
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

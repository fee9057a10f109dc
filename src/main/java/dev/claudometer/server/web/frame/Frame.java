package dev.claudometer.server.web.frame;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.store.registry.Account.Role;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is around the content of every page.
///
/// @param address of the page, to mark its place in the menu
/// @param scope what the page is about: the menu keeps it
/// @param user null where nobody has logged in
/// @param role of the user; null where nobody has logged in
/// @param zone of times where a page names no other one
/// @param guests the networks that people may look from without logging in, empty for none
/// @param kept views under a name
public record Frame(
    String title,
    String address,
    Address scope,
    String serverName,
    @Nullable String user,
    @Nullable Role role,
    String guests,
    String version,
    String zone,
    Assets assets,
    KeptLinks kept) {

  /// Who looks without having logged in.
  static final String GUEST = "(guest)";

  /// What the reader of a page used.
  public static final String MINE = "/mine";

  static final String VIEWS = "Kept";

  /// What is of a person who has logged in.
  private static final Set<String> OWN = Set.of(MINE, "/account");

  /// A place in the menu.
  ///
  /// @param key leads there when it is pressed after `g`
  /// @param icon lines of a drawing of 16 by 16, as SVG has them
  public record Place(String address, String name, Access access, String key, String icon) {}

  /// Places that belong together.
  public record Group(String name, List<Place> places) {

    /// Whether views under a name stand with them.
    public boolean views() {
      return name.equals(VIEWS);
    }
  }

  public boolean admin() {
    return role == Role.ADMIN;
  }

  public List<Group> menu() {
    return Menu.GROUPS.stream()
        .map(group -> new Group(group.name(), group.places().stream().filter(this::open).toList()))
        .filter(group -> !group.places().isEmpty())
        .toList();
  }

  private boolean open(Place place) {
    Role asked = role == null ? Role.VIEWER : role;
    return place.access().allows(new Principal.User("", "", asked))
        && (!guest() || !OWN.contains(place.address()));
  }

  /// The place, about the same as this page.
  public String link(Place place) {
    return scope.at(place.address()).text();
  }

  public boolean guest() {
    return GUEST.equals(user);
  }

  public String asset(String name) {
    return assets.address(name);
  }
}

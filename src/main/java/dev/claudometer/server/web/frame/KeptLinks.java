package dev.claudometer.server.web.frame;

import java.util.List;

/// Views under a name, as every page's menu has them.
///
/// @param links the first ones, by name
/// @param keep where this page is kept under a name; empty where that cannot be
public record KeptLinks(List<Link> links, String keep) {

  static final KeptLinks NONE = new KeptLinks(List.of(), "");

  /// A view.
  ///
  /// @param here whether it is this page
  public record Link(String name, String address, boolean here) {}
}

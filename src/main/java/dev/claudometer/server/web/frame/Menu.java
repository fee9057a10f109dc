package dev.claudometer.server.web.frame;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.web.frame.Frame.Group;
import dev.claudometer.server.web.frame.Frame.Place;
import java.util.List;

/// All places of the menu.
final class Menu {

  static final List<Group> GROUPS =
      List.of(
          new Group(
              "Usage",
              List.of(
                  viewer("/", "Overview", "o", "M3 13a6 6 0 1 1 10 0M8 10l3-4"),
                  viewer("/sessions", "Sessions", "s", "M3 4h10M3 8h10M3 12h6"),
                  viewer(
                      Frame.MINE,
                      "My usage",
                      "v",
                      "M10.7 5.3a2.7 2.7 0 1 1-5.4 0 2.7 2.7 0 0 1 5.4 0zM3 14a5 5 0 0 1 10 0"),
                  viewer(
                      "/people-usage",
                      "People",
                      "p",
                      "M8.5 5.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM1.5 13.5a4.5 4.5 0 0 1 9 0"
                          + "M11 3.2a2.4 2.4 0 0 1 0 4.6M12.3 9.9a4.5 4.5 0 0 1 2.2 3.6"),
                  viewer("/projects", "Projects", "j", "M2 12.5v-9h4l1.5 2H14v7z"),
                  viewer(
                      "/branches",
                      "Branches and PRs",
                      "b",
                      "M6 3.5a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0zM6 12.5a1.5 1.5 0 1 1-3 0"
                          + " 1.5 1.5 0 0 1 3 0zM13 5a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0zM4.5 5v6"
                          + "M11.5 6.5c0 3-7 1.5-7 4.5"),
                  viewer(
                      "/models",
                      "Models",
                      "m",
                      "M8 2l5.2 3v6L8 14l-5.2-3V5zM2.8 5L8 8l5.2-3M8 8v6"))),
          new Group(
              "Limits and bill",
              List.of(
                  viewer(
                      "/limits",
                      "Plan limits",
                      "l",
                      "M4 2h8M4 14h8M5 2c0 3.5 3 4 3 6s-3 2.5-3 6M11 2c0 3.5-3 4-3 6s3 2.5 3 6"),
                  new Place(
                      "/organization",
                      "Bill",
                      Access.FINANCE,
                      "i",
                      "M3.5 2h9v12l-2.2-1.5L8 14l-2.3-1.5L3.5 14zM6 5.5h4M6 8.5h4"),
                  viewer(
                      "/what-if",
                      "What if",
                      "w",
                      "M3 8h4l5-4M7 8l5 4M9.5 4H12v2.5M12 9.5V12H9.5"))),
          new Group(
              Frame.VIEWS,
              List.of(
                  viewer(
                      "/views",
                      "Views",
                      "k",
                      "M8 2.2l1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4-2.9-2.8 4-.6z"),
                  viewer("/notes", "Notes on days", "n", "M4 14V2.5h8l-1.8 3L12 8.5H4"))),
          new Group(
              "Manage",
              List.of(
                  viewer("/devices", "Devices", "d", "M3.5 10.5v-7h9v7M1.5 12.5h13"),
                  new Place(
                      "/quality",
                      "Data quality",
                      Access.FLEET,
                      "q",
                      "M8 2l5 2v4c0 3-2.2 5-5 6-2.8-1-5-3-5-6V4zM5.8 8l1.7 1.7 3-3.2"),
                  admin(
                      "/people",
                      "Users and teams",
                      "u",
                      "M7 5.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM13 5.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0z"
                          + "M1.5 12.5a3.5 3.5 0 0 1 7 0M10 9.2a3.5 3.5 0 0 1 4.5 3.3"),
                  admin(
                      "/settings",
                      "Settings",
                      "e",
                      "M2 4.5h7M12.5 4.5H14M2 11.5h1.5M7 11.5h7M12.4 4.5a1.7 1.7 0 1 1-3.4 0"
                          + " 1.7 1.7 0 0 1 3.4 0zM7 11.5a1.7 1.7 0 1 1-3.4 0 1.7 1.7 0 0 1 3.4 0z"),
                  admin("/logs", "Logs", "x", "M2 3h12v10H2zM4.5 6l2 2-2 2M8.5 10h3"),
                  admin("/audit", "Audit", "h", "M4 3.5h8V14H4zM6.5 2h3v2.5h-3zM6 9.5L7.5 11l3-3"),
                  viewer(
                      "/account",
                      "Account",
                      "a",
                      "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM10 6.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0z"
                          + "M4.5 12.5a4 4 0 0 1 7 0"))));

  private Menu() {}

  private static Place viewer(String address, String name, String key, String icon) {
    return new Place(address, name, Access.VIEWER, key, icon);
  }

  private static Place admin(String address, String name, String key, String icon) {
    return new Place(address, name, Access.ADMIN, key, icon);
  }
}

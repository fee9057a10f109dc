package dev.claudometer.server.web;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.claudometer.report.Money;
import dev.claudometer.report.session.Found;
import dev.claudometer.report.session.Found.Kind;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.Live;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.ModelName;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Whatever has a text in its name, with where it leads: a page, and what the palette shows of it.
public final class FindPage {

  private static final Map<Kind, String> TITLES =
      Map.of(
          Kind.VIEW, "Views",
          Kind.PULL_REQUEST, "Pull requests",
          Kind.BRANCH, "Branches",
          Kind.PERSON, "People",
          Kind.TEAM, "Teams",
          Kind.PROJECT, "Projects",
          Kind.MODEL, "Models",
          Kind.DEVICE, "Devices",
          Kind.SESSION, "Sessions",
          Kind.RESPONSE, "Responses");

  private final Sheets sheets;
  private final Api api;

  FindPage(Sheets sheets, Api api) {
    this.sheets = sheets;
    this.api = api;
  }

  /// Something that was found.
  public record Hit(String link, String name, String detail, String figure) {}

  /// Those of a kind.
  public record Group(String title, List<Hit> hits) {}

  List<Route> routes() {
    return List.of(
        Route.page("/find", Access.VIEWER, "Whatever has a text in its name", this::show));
  }

  private Reply show(Call call) {
    String text = Objects.requireNonNullElse(call.query("text"), "");
    Figures figures = Figures.of(api.settings());
    Map<Kind, List<Found>> found =
        api.find().found(call).stream()
            .collect(groupingBy(Found::kind, () -> new EnumMap<>(Kind.class), toList()));
    List<Group> groups =
        found.entrySet().stream()
            .map(
                group ->
                    new Group(
                        TITLES.getOrDefault(group.getKey(), ""),
                        group.getValue().stream().map(one -> hit(one, figures)).toList()))
            .toList();
    return Live.asked(call)
        ? sheets.page(call, 200, "Find", "/find", "found", Map.of("groups", groups))
        : sheets.page(
            call,
            200,
            "Find",
            "/find",
            "find",
            Map.of("text", Escaped.name(text), "groups", groups));
  }

  private static Hit hit(Found found, Figures figures) {
    Money cost = found.cost();
    boolean model = found.kind() == Kind.MODEL;
    String detail =
        found.kind() == Kind.SESSION
            ? figures.time(Instant.parse(found.detail())) + " · " + found.key()
            : found.detail();
    return new Hit(
        link(found),
        model ? ModelName.words(found.key()) : Escaped.name(found.name()),
        Escaped.name(model ? found.key() : detail),
        cost == null ? "" : figures.cost(cost));
  }

  private static String link(Found found) {
    String key = found.key();
    Address address =
        switch (found.kind()) {
          case VIEW -> new Address("/views/" + key, List.of());
          case PULL_REQUEST -> new Address("/branches", List.of()).with("pull-requests.find", key);
          case BRANCH -> page("branch", key).with("project", found.project());
          case PERSON -> page("person", key);
          case TEAM -> new Address("/", List.of()).with("team", key);
          case PROJECT -> page("project", key);
          case MODEL -> page("model", key);
          case DEVICE -> new Address("/devices/" + key, List.of());
          case SESSION, RESPONSE -> new Address("/session", List.of()).with("id", key);
        };
    return address.text();
  }

  /// What is about one thing has that in its address.
  private static Address page(String of, String key) {
    return new Address("/" + of, List.of()).with(of, key);
  }
}

package dev.claudometer.server.api.usage;

import dev.claudometer.model.Usd;
import dev.claudometer.report.session.Finder;
import dev.claudometer.report.session.Found;
import dev.claudometer.server.api.kept.ViewsApi;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.Where;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whatever has a text in its name.
public final class FindApi {

  private static final int MOST_VIEWS = 5;

  private final Finder finder;
  private final ViewsApi views;
  private final Questions questions;

  public FindApi(Finder finder, ViewsApi views, Questions questions) {
    this.finder = finder;
    this.views = views;
    this.questions = questions;
  }

  /// See [Found].
  public record Hit(
      String kind,
      String key,
      String name,
      String detail,
      String project,
      @Nullable Usd cost,
      long unpricedResponses) {

    static Hit of(Found found) {
      return new Hit(
          found.kind().name().toLowerCase(Locale.ROOT),
          found.key(),
          found.name(),
          found.detail(),
          found.project(),
          found.cost() == null ? null : found.cost().known(),
          found.cost() == null ? 0 : found.cost().unpriced());
    }
  }

  public record Hits(List<Hit> found) {}

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/find",
            Access.VIEWER,
            "Kept views, people, teams, projects, models, devices, branches, pull requests,"
                + " sessions and responses by a part of their names",
            call -> new Hits(found(call).stream().map(Hit::of).toList())));
  }

  private static String text(Call call) {
    String text = call.query("text");
    return text == null ? "" : text;
  }

  public List<Found> found(Call call) {
    Where where = call.scope().where();
    return Stream.concat(
            views(call), finder.find(text(call), questions.ofAllTime(where), call.scope()).stream())
        .toList();
  }

  private Stream<Found> views(Call call) {
    return views.found(call, text(call)).stream()
        .limit(MOST_VIEWS)
        .map(
            view ->
                new Found(
                    Found.Kind.VIEW,
                    view.id(),
                    view.name(),
                    view.everybody() ? "for everybody" : "for you alone",
                    "",
                    null));
  }
}

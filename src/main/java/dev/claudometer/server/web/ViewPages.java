package dev.claudometer.server.web;

import dev.claudometer.report.Beginnings;
import dev.claudometer.report.RollingPeriod;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.kept.ViewsApi;
import dev.claudometer.server.api.kept.ViewsApi.View;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.frame.KeptLinks;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Views of pages under a name: kept, opened, renamed, deleted.
public final class ViewPages {

  private static final int IN_MENU = 8;
  private static final String KEEP = "/views/new";

  private final Sheets sheets;
  private final Api api;

  ViewPages(Sheets sheets, Api api) {
    this.sheets = sheets;
    this.api = api;
  }

  /// A view as its list has it.
  ///
  /// @param about its page and filters, in words
  public record Shown(View view, String name, String about) {}

  List<Route> routes() {
    return List.of(
        Route.page("/views", Access.VIEWER, "Views under a name", call -> list(call, 200, "", "")),
        Route.page(KEEP, Access.VIEWER, "Give a view a name", this::name),
        Route.page("/views/{id}", Access.VIEWER, "Open a view", this::open),
        Route.form("/views", Access.VIEWER, "Keep a view", this::keep),
        Route.form("/views/{id}", Access.VIEWER, "Change a view", this::change),
        Route.form("/views/{id}/delete", Access.VIEWER, "Delete a view", this::delete));
  }

  /// What the menu has of them.
  static KeptLinks links(Api api, Call call) {
    String here = Address.of(call.uri()).text();
    List<KeptLinks.Link> links =
        api.views().views(call).stream()
            .limit(IN_MENU)
            .map(
                view ->
                    new KeptLinks.Link(
                        Escaped.name(view.name()), view.link(), view.link().equals(here)))
            .toList();
    boolean keepable = ViewsApi.keepable(call, Address.of(call.uri()).path());
    return new KeptLinks(
        links, keepable ? new Address(KEEP, List.of()).with("of", here).text() : "");
  }

  private Reply open(Call call) {
    return Sheets.to(api.views().view(call, call.path("id")).link());
  }

  private Reply name(Call call) {
    String of = Objects.requireNonNullElse(call.query("of"), "");
    return form(call, 200, "", of, "", false);
  }

  private Reply keep(Call call) throws IOException {
    try {
      return Sheets.to(api.views().keep(call).link());
    } catch (Problem refused) {
      return form(
          call,
          refused.status(),
          refused.message(),
          call.field("address"),
          call.field("name"),
          "true".equals(call.field("everybody")));
    }
  }

  private Reply form(
      Call call, int status, String error, String address, String typed, boolean everybody) {
    Address of = Address.of(address);
    return sheets.page(
        call,
        status,
        "Keep a view",
        "/views",
        "view",
        Map.of(
            "error", error,
            "address", of.text(),
            "about", about(of, ""),
            "typed", typed,
            "days", days(of),
            "periods",
                periods(
                    of,
                    LocalDate.ofInstant(call.now(), api.settings().zone()),
                    api.settings().beginnings()),
            "everybody", everybody,
            "publishes", ViewsApi.publishes(call)));
  }

  /// The days that an address names; empty where it names none.
  private static String days(Address of) {
    try {
      return Figures.days(LocalDate.parse(of.value("from")), LocalDate.parse(of.value("to")));
    } catch (DateTimeException notDays) {
      return Stream.of(of.value("from"), of.value("to"))
          .filter(day -> !day.isEmpty())
          .map(Escaped::name)
          .collect(Collectors.joining(" – "));
    }
  }

  /// Periods that have these days today.
  static List<RollingPeriod> periods(Address of, LocalDate today, Beginnings beginnings) {
    return RollingPeriod.all(beginnings).stream()
        .filter(period -> period.from(today, beginnings).toString().equals(of.value("from")))
        .filter(period -> period.to(today, beginnings).toString().equals(of.value("to")))
        .toList();
  }

  private Reply change(Call call) throws IOException {
    try {
      return list(call, 200, "", "“" + api.views().change(call).name() + "” is changed.");
    } catch (Problem refused) {
      return list(call, refused.status(), refused.message(), "");
    }
  }

  private Reply delete(Call call) {
    try {
      String name = api.views().view(call, call.path("id")).name();
      api.views().delete(call);
      return list(call, 200, "", "“" + name + "” is deleted.");
    } catch (Problem refused) {
      return list(call, refused.status(), refused.message(), "");
    }
  }

  private Reply list(Call call, int status, String error, String done) {
    List<Shown> views =
        api.views().views(call).stream()
            .map(
                view ->
                    new Shown(
                        view,
                        Escaped.name(view.name()),
                        about(Address.of(view.address()), view.period())))
            .toList();
    return sheets.page(
        call,
        status,
        "Views",
        "/views",
        "views",
        Map.of(
            "error",
            error,
            "done",
            Escaped.name(done),
            "views",
            views,
            "publishes",
            ViewsApi.publishes(call)));
  }

  /// `Sessions · project loom · 30 days`.
  private static String about(Address of, String period) {
    RollingPeriod rolling = RollingPeriod.of(period);
    Stream<String> filters =
        of.without("from", "to", "span").parameters().stream()
            .map(one -> one.name() + " " + Escaped.name(one.value()));
    Stream<String> days = Stream.of(rolling == null ? days(of) : rolling.title());
    return Stream.of(Stream.of(page(of.path())), filters, days)
        .flatMap(part -> part)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" · "));
  }

  private static String page(String path) {
    String word = path.substring(Math.min(1, path.length())).replace('/', ' ').replace('-', ' ');
    return path.equals("/")
        ? "Overview"
        : word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}

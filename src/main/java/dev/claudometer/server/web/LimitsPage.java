package dev.claudometer.server.web;

import dev.claudometer.model.CreditReading;
import dev.claudometer.model.Usd;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.api.StateApi.Credit;
import dev.claudometer.server.api.StateApi.Limit;
import dev.claudometer.server.api.StateApi.Limits;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.ChartChoice.Option;
import dev.claudometer.server.web.OverviewPage.Card;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.Address.Parameter;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import dev.claudometer.server.web.table.WindowHistory;
import dev.claudometer.server.web.table.WindowHistory.Course;
import dev.claudometer.server.web.table.WindowName;
import dev.claudometer.server.web.table.WindowTable;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How full plan windows are, were and will be, and what is left of credits.
public final class LimitsPage {

  private static final double HOT = 0.95;
  private static final double WARM = 0.8;
  private static final int MOST_LINES = 8;
  private static final int USUAL_LINES = 3;

  private static final Comparator<Limit> DANGER =
      Comparator.comparingDouble(limit -> limit.utilization() == null ? -1.0 : limit.utilization());

  private final Reports reports;
  private final Api api;

  LimitsPage(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  /// A device whose history is drawn.
  ///
  /// @param without the page without it
  public record Drawn(String name, String without) {}

  /// A device whose history can be added.
  public record Choice(String id, String name) {}

  List<Route> routes() {
    return List.of(Route.page("/limits", Access.VIEWER, "How full plan windows are", this::show));
  }

  private Reply show(Call call) {
    Figures figures = Figures.of(api.settings());
    Limits limits = api.state().limits(call);
    int days = days(call);
    String window = window(call, limits.limits());
    List<Limit> drawn = drawn(call, limits.limits(), window);
    var history = new WindowHistory(figures, call.now(), Duration.ofDays(days));
    List<Course> courses =
        drawn.stream()
            .map(
                limit ->
                    new Course(
                        who(limit),
                        api.state()
                            .history(
                                limit.device(), window, call.now().minus(Duration.ofDays(days)))))
            .toList();
    Address here = Address.of(call.uri());
    return reports.page(
        call,
        "Plan limits",
        "/limits",
        "limits",
        List.of(
            new WindowTable(figures, call.now())
                .of(limits.limits(), api.state().forecasts(call.now())),
            history.table(window, courses),
            credits(limits.credits(), figures)),
        Map.of(
            "cards", cards(limits.limits()),
            "zone", figures.zone().getId(),
            "plot", history.plot(courses),
            "windows", windows(here, limits.limits(), window),
            "spans", spans(here, days),
            "drawn", chips(here, window, drawn),
            "choices", choices(limits.limits(), window, drawn),
            "kept", kept(here, window, drawn)));
  }

  private static int days(Call call) {
    String days = call.query("days");
    if (days == null) {
      return 7;
    }
    if (!days.matches("1|7|14|30|90")) {
      throw Problem.of(422, "'days' has to be 1, 7, 14, 30 or 90");
    }
    return Integer.parseInt(days);
  }

  /// The one that is asked for, else that in most danger.
  private static String window(Call call, List<Limit> limits) {
    String asked = call.query("window");
    return asked != null
        ? asked
        : limits.stream().max(DANGER).map(Limit::window).orElse("five_hour");
  }

  /// Whose history is drawn: those that are asked for, else the fullest.
  private static List<Limit> drawn(Call call, List<Limit> limits, String window) {
    List<String> asked = call.queries("device");
    List<Limit> all =
        limits.stream()
            .filter(limit -> limit.window().equals(window))
            .sorted(DANGER.reversed())
            .toList();
    return asked.isEmpty()
        ? all.stream().limit(USUAL_LINES).toList()
        : all.stream()
            .filter(limit -> asked.contains(limit.device().text()))
            .limit(MOST_LINES)
            .toList();
  }

  /// `Ada · laptop`.
  private static String who(Limit limit) {
    return limit.owner().isEmpty() ? limit.name() : limit.owner() + " · " + limit.name();
  }

  private static List<Card> cards(List<Limit> limits) {
    List<Limit> hot = between(limits, HOT, Double.MAX_VALUE);
    List<Limit> warm = between(limits, WARM, HOT);
    List<Limit> calm = between(limits, 0, WARM);
    long unread = limits.stream().filter(limit -> limit.utilization() == null).count();
    return List.of(
        new Card("Nearly full", windows(hot.size()), "95 % and more" + names(hot)),
        new Card("Filling up", windows(warm.size()), "80 % and more" + names(warm)),
        new Card("Enough left", windows(calm.size()), ""),
        new Card("Not known", windows((int) unread), "reset, and not read since"));
  }

  private static List<Limit> between(List<Limit> limits, double from, double to) {
    return limits.stream()
        .filter(
            limit -> {
              Double used = limit.utilization();
              return used != null && used >= from && used < to;
            })
        .sorted(DANGER.reversed())
        .toList();
  }

  private static String windows(int count) {
    return count == 1 ? "1 window" : Figures.count(count) + " windows";
  }

  private static String names(List<Limit> limits) {
    return limits.isEmpty()
        ? ""
        : ": "
            + Escaped.name(
                limits.getFirst().owner().isEmpty()
                    ? limits.getFirst().name()
                    : limits.getFirst().owner())
            + (limits.size() > 1 ? ", …" : "");
  }

  private static List<Option> windows(Address here, List<Limit> limits, String chosen) {
    return limits.stream()
        .map(Limit::window)
        .distinct()
        .sorted()
        .map(
            window ->
                new Option(
                    WindowName.words(window),
                    here.without("device").with("window", window).text() + "#history",
                    window.equals(chosen)))
        .toList();
  }

  private static List<Option> spans(Address here, int chosen) {
    return Stream.of(1, 7, 14, 30, 90)
        .map(
            days ->
                new Option(
                    days == 1 ? "1 day" : days + " days",
                    here.with("days", String.valueOf(days)).text() + "#history",
                    days == chosen))
        .toList();
  }

  private static List<Drawn> chips(Address here, String window, List<Limit> drawn) {
    return drawn.stream()
        .map(
            limit -> {
              List<Limit> others = drawn.stream().filter(each -> !each.equals(limit)).toList();
              String without =
                  others.isEmpty() ? "" : address(here, window, others).text() + "#history";
              return new Drawn(Escaped.name(who(limit)), without);
            })
        .toList();
  }

  private static Address address(Address here, String window, List<Limit> drawn) {
    List<Parameter> parameters =
        new ArrayList<>(here.without("device", "window").with("window", window).parameters());
    drawn.forEach(limit -> parameters.add(new Parameter("device", limit.device().text())));
    return new Address(here.path(), parameters);
  }

  private static List<Parameter> kept(Address here, String window, List<Limit> drawn) {
    return address(here, window, drawn).parameters();
  }

  private static List<Choice> choices(List<Limit> limits, String window, List<Limit> drawn) {
    return drawn.size() >= MOST_LINES
        ? List.of()
        : limits.stream()
            .filter(limit -> limit.window().equals(window) && !drawn.contains(limit))
            .map(limit -> new Choice(limit.device().text(), Escaped.name(who(limit))))
            .sorted(Comparator.comparing(Choice::name))
            .toList();
  }

  private static Table credits(List<Credit> credits, Figures figures) {
    return Table.of(
        "credits",
        "Credits",
        List.of(
            Column.text("device", "Device"),
            Column.text("account", "Account"),
            Column.number("usedUsd", "Used"),
            Column.number("limitUsd", "Limit"),
            Column.number("remainingUsd", "Left"),
            Column.time("at", "Last read")),
        credits.stream().map(credit -> credit(credit, figures)).toList(),
        "No account with credits is asked for.");
  }

  private static List<Cell> credit(Credit credit, Figures figures) {
    return List.of(
        Cell.name(credit.name()),
        Cell.name(credit.account()),
        money(figures, credit.used(), credit),
        credit.limit() == null ? Cell.name("") : money(figures, credit.limit(), credit),
        credit.remaining() == null ? Cell.name("") : money(figures, credit.remaining(), credit),
        new Cell(
            Figures.span(Duration.ofSeconds(credit.ageSeconds())) + " ago",
            credit.at().toString(),
            "",
            List.of()));
  }

  /// With the digits that the currency has; with all, where there are more.
  private static String plain(Usd amount, String currency) {
    BigDecimal exact = amount.dollars().stripTrailingZeros();
    return exact
        .setScale(Math.max(exact.scale(), CreditReading.decimals(currency)))
        .toPlainString();
  }

  /// An amount in another currency has its name.
  private static Cell money(Figures figures, Usd amount, Credit credit) {
    return credit.currency().equals(CreditReading.DOLLARS)
        ? Cell.money(figures, amount)
        : Cell.name(credit.currency() + " " + plain(amount, credit.currency()));
  }
}

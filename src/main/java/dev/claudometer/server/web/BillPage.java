package dev.claudometer.server.web;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Usd;
import dev.claudometer.reconcile.By;
import dev.claudometer.reconcile.ClosedMonth;
import dev.claudometer.reconcile.Reconciliation;
import dev.claudometer.report.Money;
import dev.claudometer.report.Question;
import dev.claudometer.report.bill.BillAnswers.ReportState;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.OverviewPage.Card;
import dev.claudometer.server.web.frame.Picker;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.frame.Tables;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.ReconciledTable;
import dev.claudometer.server.web.table.SignedAmounts;
import dev.claudometer.server.web.table.SpendingTable;
import dev.claudometer.server.web.table.Waterfall;
import java.io.IOException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was counted, what was billed, and every reason for the difference.
public final class BillPage {

  private static final List<By> SPLITS = List.of(By.MODEL, By.WORKSPACE, By.KEY, By.PERSON);

  private final Reports reports;
  private final Api api;

  BillPage(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  List<Route> routes() {
    return List.of(
        Route.page(
            "/organization",
            Access.FINANCE,
            "What was counted, what was billed, and why the two differ",
            this::show),
        Route.form("/organization/close", Access.FINANCE, "Close a month", this::close));
  }

  private Reply show(Call call) {
    Question question = api.organization().period(call);
    Figures figures = Figures.of(api.settings());
    Picker picker =
        Picker.of(call, question.range(), ZoneId.of("UTC"), api.settings().beginnings());
    var tables =
        new ReconciledTable(figures, picker.sessions(), Access.ADMIN.allows(call.principal()));
    return call.query("as") == null
        ? page(call, question, figures, picker, tables)
        : reports.page(
            call, "Bill", "/organization", "bill", files(call, question, tables), Map::of);
  }

  private Reply close(Call call) throws IOException {
    ClosedMonth closed = api.closing().close(call);
    YearMonth month = YearMonth.parse(closed.month());
    return Sheets.to("/organization?from=" + month.atDay(1) + "&to=" + month.atEndOfMonth());
  }

  /// Each of them is worked out alone.
  private Tables files(Call call, Question question, ReconciledTable tables) {
    var files = new Tables();
    files.with("reconciled", () -> tables.steps(answer(call, question, By.MODEL)));
    for (By by : By.values()) {
      files.with(
          "reconciled-" + by.name().toLowerCase(Locale.ROOT),
          () -> tables.rows(answer(call, question, by)));
    }
    return spending(files, Figures.of(api.settings()));
  }

  private Tables spending(Tables tables, Figures figures) {
    var table = new SpendingTable(figures);
    return tables
        .with("spending", () -> table.of(api.organization().spending().members()))
        .with("configured", () -> table.configured(api.organization().spending().configured()));
  }

  private Reconciliation answer(Call call, Question question, By by) {
    return Objects.requireNonNull(
        api.reconcile().reconciliations(call, question, Set.of(by)).get(by));
  }

  private Reply page(
      Call call, Question question, Figures figures, Picker picker, ReconciledTable tables) {
    By split = call.choice("split", By.class, By.MODEL);
    Map<By, Reconciliation> answers =
        api.reconcile().reconciliations(call, question, EnumSet.of(By.DAY, split));
    Reconciliation days = Objects.requireNonNull(answers.get(By.DAY));
    Reconciliation parts = Objects.requireNonNull(answers.get(split));
    Map<String, Object> content = new HashMap<>();
    content.put("picker", picker);
    content.put("read", read(figures, call.now()));
    content.put("cards", cards(days, figures));
    content.put("open", days.open());
    content.put("splits", splits(Address.of(call.uri()), split));
    content.put("plot", tables.plot(days));
    YearMonth month = month(days, call.now());
    if (month != null) {
      ClosedMonth closed = api.closing().closed(month, call.now());
      content.put("month", month.toString());
      content.put("sealed", sealed(closed, figures));
      content.put("corrections", corrections(closed, figures));
    }
    if (days.parts() != null && !days.counted().isUnknown()) {
      content.put("waterfall", Waterfall.of(days, figures));
    }
    return reports.page(
        call,
        "Bill",
        "/organization",
        "bill",
        spending(
            new Tables()
                .with("reconciled", () -> tables.steps(days))
                .with("reconciled-day", () -> tables.rows(days))
                .with("reconciled-split", () -> tables.rows(parts)),
            figures),
        () -> content);
  }

  /// The month that the days are, where it is over: it can be closed.
  private static @Nullable YearMonth month(Reconciliation answer, Instant now) {
    YearMonth month = YearMonth.from(answer.first());
    boolean whole =
        answer.first().equals(month.atDay(1)) && answer.last().equals(month.atEndOfMonth());
    return whole && month.isBefore(YearMonth.from(now.atZone(UTC))) ? month : null;
  }

  /// `Closed on 2026-11-03 09:12 UTC by user ada.`; empty of an open month.
  private static String sealed(ClosedMonth month, Figures figures) {
    if (!month.broken().isEmpty()) {
      return "The seals do not hold: " + String.join("; ", month.broken()) + ".";
    }
    return month.seals().isEmpty()
        ? ""
        : "Closed on "
            + figures.at(UTC).time(month.seals().getLast().at())
            + " UTC by "
            + Escaped.name(month.seals().getLast().by())
            + ". "
            + (month.corrections().isEmpty()
                ? "Nothing has changed since."
                : "Corrections since then:");
  }

  private static List<String> corrections(ClosedMonth month, Figures figures) {
    return month.corrections().stream()
        .map(
            one ->
                one.day()
                    + ", "
                    + one.what().replace('_', ' ')
                    + ": "
                    + figures.money(one.costBefore())
                    + " became "
                    + figures.money(one.cost()))
        .toList();
  }

  private static List<ChartChoice.Option> splits(Address here, By chosen) {
    return SPLITS.stream()
        .map(
            by -> {
              String key = by.name().toLowerCase(Locale.ROOT);
              String name = key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
              return new ChartChoice.Option(
                  name, here.with("split", key).text() + "#split", by == chosen);
            })
        .toList();
  }

  /// How far Anthropic's cost report is known.
  private String read(Figures figures, Instant now) {
    for (ReportState state : api.organization().organization().reports()) {
      if (state.report() == BilledReport.COST && state.to() != null) {
        Instant to = state.to().isBefore(now) ? state.to() : now;
        return "Anthropic’s cost report is known to " + figures.at(UTC).time(to) + " UTC.";
      }
    }
    return "Nothing is known of Anthropic’s cost report: a server with an admin key of the"
        + " organisation asks for it.";
  }

  private static List<Card> cards(Reconciliation answer, Figures figures) {
    Usd difference = answer.difference();
    Usd unknown = answer.unknown();
    var amounts = new SignedAmounts(figures);
    return List.of(
        new Card("Counted here", counted(answer, figures), days(answer)),
        new Card(
            "Billed by Anthropic",
            figures.money(answer.billed().known())
                + (answer.billed().known() != null && !answer.billed().whole() ? "+" : ""),
            answer.billed().known() == null ? "no bill is known of these days" : "in UTC days"),
        new Card(
            "Difference",
            amounts.signed(difference),
            difference == null || unknown == null
                ? "nothing to compare with"
                : amounts.signed(difference.minus(unknown)) + " explained"),
        new Card("Unexplained", amounts.signed(unknown), share(unknown, answer.billed().known())));
  }

  private static String counted(Reconciliation answer, Figures figures) {
    Money counted = answer.counted();
    return counted.isUnknown() ? figures.cost(counted) : figures.money(counted.known());
  }

  /// `1–30 Nov 2026, at list prices, + 3 unpriced`.
  private static String days(Reconciliation answer) {
    Money counted = answer.counted();
    return Figures.days(answer.first(), answer.last())
        + ", at list prices"
        + (counted.isUnknown() || counted.unpriced() == 0
            ? ""
            : ", + " + Figures.count(counted.unpriced()) + " unpriced");
  }

  /// `0.3 % of the bill`, `11 × the bill`.
  private static String share(@Nullable Usd part, @Nullable Usd bill) {
    if (part == null || bill == null || bill.nanos() == 0) {
      return "";
    }
    double share = Math.abs((double) part.nanos() / bill.nanos());
    return share >= 10
        ? Figures.count(Math.round(share)) + " × the bill"
        : Figures.percent(share) + " of the bill";
  }
}

package dev.claudometer.server.web.table;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.Usd;
import dev.claudometer.reconcile.By;
import dev.claudometer.reconcile.DifferenceCause;
import dev.claudometer.reconcile.Part;
import dev.claudometer.reconcile.Reconciliation;
import dev.claudometer.reconcile.Reconciliation.Row;
import dev.claudometer.server.web.table.Table.Column;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Why a bill is not what was counted: step by step, and by what it is split.
///
/// @param sessions those of the days that are asked about
/// @param admin whether the reader may change what a cause asks to be changed
public record ReconciledTable(Figures figures, Address sessions, boolean admin) {

  private static final List<Column> STEPS =
      List.of(
          Column.text("step", "Step"),
          Column.number("costUsd", "Amount"),
          Column.text("of", "What it is of"),
          Column.prose("known", "How it is known"),
          Column.prose("todo", "What to do"));

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  /// Causes that are of models.
  private static final Set<DifferenceCause> OF_MODELS =
      EnumSet.of(
          DifferenceCause.BOOKED_BY_CLIENT,
          DifferenceCause.UNPRICED,
          DifferenceCause.CREDITS,
          DifferenceCause.NOT_COUNTED,
          DifferenceCause.BATCH,
          DifferenceCause.REGION,
          DifferenceCause.PRIORITY_TIER,
          DifferenceCause.CONTRACT,
          DifferenceCause.UNKNOWN);

  /// So many names say what a cause is of.
  private static final int FEW = 2;

  /// From what was counted, cause by cause, to what was billed. The amounts between the two are the
  /// whole difference.
  public Table steps(Reconciliation answer) {
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(
        step(
            Cell.name("Counted here").to(sessions.text()),
            Cell.cost(figures, answer.counted()),
            Cell.name("days in " + zone(answer)),
            "Responses that are stored here.",
            Cell.none()));
    parts(answer).forEach(part -> rows.add(step(part, answer.zone())));
    List<Cell> billed =
        step(
            Cell.name("Billed by Anthropic"),
            Cell.billed(figures, answer.billed()),
            Cell.name("days in UTC"),
            "",
            Cell.none());
    return Table.of("reconciled", "From counted to billed", STEPS, rows, "")
        .of(() -> Stream.concat(rows.stream(), Stream.of(billed)))
        .totalling(billed);
  }

  private static String zone(Reconciliation answer) {
    return answer.zone().normalized().equals(UTC) ? "UTC" : answer.zone().getId();
  }

  private static List<Part> parts(Reconciliation answer) {
    return answer.parts() == null ? List.of() : answer.parts();
  }

  private List<Cell> step(Part part, ZoneId zone) {
    DifferenceCause cause = part.cause();
    String place = place(cause);
    Cell todo = text(cause.todo());
    return step(
        Cell.name(cause == DifferenceCause.UNKNOWN ? "Unexplained" : cause.title())
            .valued(cause.title())
            .to(
                sessions
                    .at("/organization/cause")
                    .without("sort")
                    .with("tz", zone.getId())
                    .with("cause", cause.key())
                    .text()),
        new Cell(
            new SignedAmounts(figures).signed(part.amount()),
            part.amount().dollars(),
            "",
            List.of()),
        some(part),
        cause.known(),
        place.isEmpty() ? todo : todo.to(place));
  }

  private static List<Cell> step(Cell step, Cell amount, Cell of, String known, Cell todo) {
    return List.of(step, amount, of, text(known), todo);
  }

  private static Cell text(String text) {
    return text.isEmpty() ? Cell.none() : new Cell(text, text, "", List.of());
  }

  /// `ci-nightly, prod-classifier + 3 more`, models by their names; files have all, and ids.
  private static Cell some(Part part) {
    List<String> names = part.of();
    String all = String.join(", ", names);
    if (all.isEmpty()) {
      return Cell.none();
    }
    boolean many = names.size() > FEW + 1;
    String told =
        (many ? names.subList(0, FEW) : names)
            .stream()
                .map(name -> OF_MODELS.contains(part.cause()) ? ModelName.words(name) : name)
                .collect(Collectors.joining(", "));
    return Cell.name(many ? told + " + " + (names.size() - FEW) + " more" : told).valued(all);
  }

  /// Where something can be done about it.
  private String place(DifferenceCause cause) {
    return switch (cause) {
      case UTC_MIDNIGHT -> sessions.at("/organization").without("sort").with("tz", "UTC").text();
      case UNPRICED -> admin ? "/settings/prices" : "/models";
      case WITHOUT_AGENT -> admin ? "/setup/device" : "";
      case NOT_COUNTED -> "/devices";
      case PLAN_USAGE -> "/limits";
      case UNKNOWN -> "#reconciled-day";
      default -> "";
    };
  }

  /// The same of each day, model, workspace, key or person; files have each cause.
  public Table rows(Reconciliation answer) {
    List<DifferenceCause> causes = parts(answer).stream().map(Part::cause).toList();
    List<Row> rows = answer.rows();
    By by = answer.by();
    Table table =
        Table.of(
            "reconciled-" + key(by),
            "By " + key(by),
            columns(by, causes),
            shown(by, rows).stream().map(row -> cells(by, row, causes)).toList(),
            "Nothing was counted in this period, and nothing is known of a bill.");
    return rows.isEmpty()
        ? table
        : table
            .of(() -> rows.stream().map(row -> cells(by, row, causes)))
            .totalling(total(answer, causes));
  }

  private static String key(By by) {
    return by.name().toLowerCase(Locale.ROOT);
  }

  private static List<Column> columns(By by, List<DifferenceCause> causes) {
    String name = key(by).substring(0, 1).toUpperCase(Locale.ROOT) + key(by).substring(1);
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text(key(by), by == By.DAY ? "Day (UTC)" : name));
    columns.add(Column.optional("countedUsd", "Counted"));
    columns.add(
        by == By.DAY || by == By.MODEL
            ? Column.inFiles("toldUsd")
            : Column.optional("toldUsd", "Used, at list prices"));
    columns.add(Column.optional("billedUsd", "Billed"));
    columns.add(Column.optional("differenceUsd", "Difference"));
    columns.add(Column.optional("unknownUsd", "Unexplained"));
    causes.forEach(cause -> columns.add(Column.inFiles(cause.key() + "Usd")));
    return columns;
  }

  /// The latest day first; else what was billed most, or is used most.
  private static List<Row> shown(By by, List<Row> rows) {
    return by == By.DAY
        ? rows.reversed()
        : rows.stream().sorted(Comparator.comparingLong(ReconciledTable::size).reversed()).toList();
  }

  private static long size(Row row) {
    Usd known = row.billed() != null ? row.billed() : row.counted();
    Usd amount = known == null ? row.told() : known;
    return amount == null ? Long.MIN_VALUE : amount.nanos();
  }

  private List<Cell> cells(By by, Row row, List<DifferenceCause> causes) {
    List<Cell> cells = new ArrayList<>();
    String link = link(by, row.name());
    Cell name =
        by == By.MODEL
            ? Cell.model(ModelName.words(row.name()), row.name())
            : Cell.name(row.name());
    cells.add(link.isEmpty() ? name : name.to(link));
    cells.add(Cell.money(figures, row.counted()));
    cells.add(Cell.money(figures, row.told()));
    cells.add(Cell.money(figures, row.billed()));
    cells.add(signed(row.difference()));
    cells.add(Cell.money(figures, row.unknown()));
    causes.forEach(cause -> cells.add(Cell.money(figures, amount(row.parts(), cause))));
    return cells;
  }

  /// The sessions of a row, where there are such.
  private String link(By by, String name) {
    return switch (by) {
      case DAY ->
          name.startsWith("(")
              ? ""
              : sessions.with("from", name).with("to", name).with("tz", "UTC").text();
      case MODEL -> name.startsWith("(") ? "" : sessions.with("model", name).text();
      case PERSON -> name.startsWith("(") ? "" : sessions.with("person", name).text();
      case WORKSPACE, KEY -> "";
    };
  }

  private Cell signed(@Nullable Usd amount) {
    return amount == null
        ? Cell.unknown()
        : new Cell(new SignedAmounts(figures).signed(amount), amount.dollars(), "", List.of());
  }

  /// `26 days`, and the sums of all.
  private List<Cell> total(Reconciliation answer, List<DifferenceCause> causes) {
    List<Row> rows = answer.rows();
    String word = key(answer.by()).equals("person") ? "people" : key(answer.by()) + "s";
    List<Cell> cells = new ArrayList<>();
    cells.add(
        Cell.name(
            rows.size() == 1 ? "1 " + key(answer.by()) : Figures.count(rows.size()) + " " + word));
    cells.add(Cell.cost(figures, answer.counted()));
    cells.add(Cell.money(figures, told(rows)));
    cells.add(Cell.billed(figures, answer.billed()));
    cells.add(signed(answer.difference()));
    cells.add(Cell.money(figures, answer.unknown()));
    causes.forEach(cause -> cells.add(Cell.money(figures, amount(answer.parts(), cause))));
    return cells;
  }

  /// Unknown where a part of it is.
  private static @Nullable Usd told(List<Row> rows) {
    return rows.stream().anyMatch(row -> row.told() == null)
        ? null
        : rows.stream().map(Row::told).filter(Objects::nonNull).reduce(Usd.ZERO, Usd::plus);
  }

  private static @Nullable Usd amount(@Nullable List<Part> parts, DifferenceCause cause) {
    return parts == null
        ? null
        : parts.stream()
            .filter(part -> part.cause() == cause)
            .map(Part::amount)
            .findFirst()
            .orElse(Usd.ZERO);
  }

  /// Each day's two amounts as lines.
  public LinePlot plot(Reconciliation days) {
    List<Row> rows = days.rows().stream().filter(row -> !row.name().startsWith("(")).toList();
    return LinePlot.of(
        rows.stream()
            .map(row -> new LinePlot.Point(day(row.name()), title(row), link(By.DAY, row.name())))
            .toList(),
        List.of(
            new LinePlot.Series("Counted", "counted", amounts(rows, Row::counted)),
            new LinePlot.Series("Billed", "billed", amounts(rows, Row::billed))),
        figures);
  }

  /// `28 Nov`.
  private static String day(String date) {
    return DAY.format(LocalDate.parse(date));
  }

  private String title(Row row) {
    return Figures.days(LocalDate.parse(row.name()), LocalDate.parse(row.name()))
        + ": counted "
        + figures.money(row.counted())
        + ", billed "
        + figures.money(row.billed())
        + ", difference "
        + new SignedAmounts(figures).signed(row.difference());
  }

  private List<@Nullable Double> amounts(List<Row> rows, Function<Row, @Nullable Usd> of) {
    List<@Nullable Double> amounts = new ArrayList<>();
    for (Row row : rows) {
      Usd amount = of.apply(row);
      amounts.add(amount == null ? null : figures.amount(amount).doubleValue());
    }
    return amounts;
  }
}

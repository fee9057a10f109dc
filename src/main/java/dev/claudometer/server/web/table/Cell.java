package dev.claudometer.server.web.table;

import dev.claudometer.model.Usd;
import dev.claudometer.report.Money;
import dev.claudometer.report.bill.BilledCost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One place of a table.
///
/// @param text as a page shows it
/// @param value as CSV and JSON have it: exact, null where it is unknown
/// @param link where the text leads, empty for nowhere
/// @param more lines that are shown when they are asked for
/// @param drawn as a chart has it, where that is not the value
/// @param whole what is told where the mouse or the focus is, instead of the text; null for the
///   text
public record Cell(
    String text,
    @Nullable Object value,
    String link,
    List<String> more,
    @Nullable BigDecimal drawn,
    @Nullable String whole) {

  /// As long as a name may be that every table has room for.
  private static final int CERTAINLY_SEEN = 18;

  private static final int TAIL = 8;
  private static final String DOT = " · ";
  private static final int LONGEST_PART = 18;
  private static final Pattern DATED = Pattern.compile("-20\\d{6}$");

  public Cell(String text, @Nullable Object value, String link, List<String> more) {
    this(text, value, link, more, null, null);
  }

  /// What somebody gave a name to.
  public static Cell name(String name) {
    return new Cell(name.isEmpty() ? "—" : Escaped.name(name), name, "", List.of());
  }

  /// A model, as people say its name: its id is told beside it, and in files.
  ///
  /// @param words of [ModelName]
  public static Cell model(String words, String id) {
    String whole = Escaped.name(id);
    return words.isEmpty()
        ? name(id)
        : new Cell(words, id, "", List.of(), null, words.equals(whole) ? null : whole);
  }

  /// Words in their order: what there is no room for is the end.
  static Cell sentence(String words) {
    String safe = Escaped.line(words);
    return new Cell(safe, words, "", List.of(), null, safe);
  }

  /// Text of one or more lines: the first, and the others where somebody asks for them.
  public static Cell lines(String text) {
    List<String> lines = text.lines().map(Escaped::line).toList();
    return lines.isEmpty()
        ? name("")
        : new Cell(lines.getFirst(), text, "", lines.subList(1, lines.size()));
  }

  /// What nobody has told.
  public static Cell unknown() {
    return new Cell("unknown", null, "", List.of());
  }

  /// What there cannot be, such as a share of nothing.
  public static Cell dash() {
    return new Cell("—", null, "", List.of());
  }

  /// What does not apply here.
  public static Cell none() {
    return new Cell("", null, "", List.of());
  }

  public static Cell count(long number) {
    return new Cell(Figures.count(number), number, "", List.of());
  }

  /// A number that may be unknown.
  static Cell count(@Nullable Long number) {
    return number == null ? unknown() : count(number.longValue());
  }

  /// Money: shown and drawn in the currency of the settings, exported in exact dollars.
  public static Cell money(Figures figures, @Nullable Usd amount) {
    return amount == null
        ? unknown()
        : new Cell(
            figures.money(amount), amount.dollars(), "", List.of(), figures.amount(amount), null);
  }

  /// What something cost: what has no price is not free.
  public static Cell cost(Figures figures, Money cost) {
    Usd known = cost.known();
    return new Cell(
        figures.cost(cost),
        known == null ? null : known.dollars(),
        "",
        List.of(),
        known == null ? null : figures.amount(known),
        null);
  }

  /// What was billed: a `+` behind dollars that lack a part.
  static Cell billed(Figures figures, BilledCost cost) {
    Cell known = money(figures, cost.known());
    return cost.known() == null || cost.whole()
        ? known
        : new Cell(known.text + "+", known.value, known.link, known.more, known.drawn, known.whole);
  }

  /// A length beside others: the share of the largest.
  public static Cell bar(long part, long largest) {
    double share = largest <= 0 ? 0 : (double) part / largest;
    return new Cell(
        Figures.percent(share),
        share,
        "",
        List.of(),
        BigDecimal.valueOf(100 * share).setScale(1, RoundingMode.HALF_EVEN),
        null);
  }

  /// An amount without what it lacks.
  public Cell alone() {
    int end = text.indexOf(" + ");
    return value instanceof Number && end > 0
        ? new Cell(text.substring(0, end), value, link, more, drawn, whole)
        : this;
  }

  public static Cell time(Figures figures, @Nullable Instant at) {
    return new Cell(figures.time(at), at == null ? null : at.toString(), "", List.of());
  }

  /// Where minutes would say too little.
  public static Cell second(Figures figures, Instant at) {
    return new Cell(figures.second(at), at.toString(), "", List.of());
  }

  /// A length of time: in files its seconds.
  public static Cell span(long seconds) {
    return new Cell(Figures.span(Duration.ofSeconds(seconds)), seconds, "", List.of());
  }

  /// With another value for files than what is shown.
  public Cell valued(Object exported) {
    return new Cell(text, exported, link, more, drawn, whole);
  }

  public Cell to(String address) {
    return new Cell(text, value, address, more, drawn, whole);
  }

  Cell with(List<String> lines) {
    return new Cell(text, value, link, lines.stream().map(Escaped::line).toList(), drawn, whole);
  }

  /// The whole text, where a page may have no room for it or says it shorter; else null.
  public @Nullable String title() {
    if (whole != null) {
      return whole;
    }
    if (text.length() <= CERTAINLY_SEEN) {
      return null;
    }
    return text.endsWith("…") && value instanceof String whole ? Escaped.line(whole) : text;
  }

  /// What may be left out first is the middle: paths and ids differ at their ends, and of parts
  /// with a dot between them the last one stays. Of other scripts, of models' names with a date,
  /// and of what is told in full elsewhere, it is the end.
  public int tail() {
    if (whole != null) {
      return text.length();
    }
    int last = text.lastIndexOf(DOT);
    if (last > 0 && text.length() - last <= LONGEST_PART && text.length() > CERTAINLY_SEEN) {
      return last;
    }
    boolean latin = text.chars().allMatch(each -> each >= ' ' && each <= '~');
    return latin && text.length() > CERTAINLY_SEEN && !DATED.matcher(text).find()
        ? text.length() - TAIL
        : text.length();
  }

  /// For charts: the number, empty where there is none.
  public String number() {
    Object number = drawn == null ? value : drawn;
    return number instanceof Number ? String.valueOf(number) : "";
  }
}

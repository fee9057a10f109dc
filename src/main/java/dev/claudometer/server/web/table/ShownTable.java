package dev.claudometer.server.web.table;

import dev.claudometer.server.web.table.Table.Column;
import dev.claudometer.server.web.table.Table.Drawing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A table as a page shows it: sorted by one of its columns, only the rows with a text, some rows
/// at a time. All of that stands in the address:
/// `models.sort=-costUsd&models.find=opus&models.page=2`.
public record ShownTable(Table table, Address address) {

  static final int PAGE = 50;

  /// Where fewer rows are, nobody has to search.
  private static final int EASILY_SEEN = 20;

  private static final int MOST_BELOW = 3;

  /// The figure that a row is about: never cut, never scrolled away.
  private static final Set<String> LEADS = Set.of("costUsd", "billedUsd", "utilization");

  /// A column as a page has it.
  ///
  /// @param at its place in the table
  /// @param role `name`, `text`, `time` or `number`; with `lead` where it is what a row is about
  /// @param link sorts by it, empty where it cannot
  /// @param sorted `ascending`, `descending`, or null where rows are not sorted by it
  public record Head(int at, Column column, String role, String link, @Nullable String sorted) {

    /// Whether a cell is a number or a time that has room: it needs nothing around it.
    public boolean plain(Cell cell) {
      return !column.kind().isEmpty()
          && !column.kind().equals("long")
          && cell.title() == null
          && leftToRight(cell.text());
    }
  }

  public String id() {
    return table.id();
  }

  public List<Head> heads() {
    return order().stream().map(this::head).toList();
  }

  /// The name, what it cost, then the rest: where only one column stands before the cost, it
  /// belongs to the name.
  private List<Integer> order() {
    List<Integer> shown = new ArrayList<>();
    IntStream.range(0, table.columns().size())
        .filter(at -> table.columns().get(at).shown())
        .forEach(shown::add);
    int lead = shown.indexOf(lead());
    if (lead > 2) {
      shown.add(1, shown.remove(lead));
    }
    return shown;
  }

  private int lead() {
    return IntStream.range(0, table.columns().size())
        .filter(at -> LEADS.contains(table.columns().get(at).key()))
        .filter(_ -> table.drawing() == Drawing.NONE)
        .findFirst()
        .orElse(-1);
  }

  private Head head(int at) {
    Column column = table.columns().get(at);
    String role = column.kind().isEmpty() ? at == 0 ? "name" : "text" : column.kind();
    return new Head(
        at, column, at == lead() ? role + " lead" : role, link(column), sorted(column.key()));
  }

  private String link(Column column) {
    if (table.drawing() != Drawing.NONE || table.rows().size() < 2 || column.name().isEmpty()) {
      return "";
    }
    if (!table.orders().isEmpty()) {
      String order = table.orders().get(column.key());
      return order == null ? "" : to(address.without("after", "skip").with("sort", order));
    }
    boolean down = column.kind().equals("number") != ("-" + column.key()).equals(sort());
    boolean turn = down && sort().equals("-" + column.key());
    return to(with("sort", (down && !turn ? "-" : "") + column.key()));
  }

  private @Nullable String sorted(String key) {
    if (!table.orders().isEmpty()) {
      return sort().equals(table.orders().get(key)) ? "descending" : null;
    }
    return sort().equals(key) ? "ascending" : sort().equals("-" + key) ? "descending" : null;
  }

  private String sort() {
    return table.orders().isEmpty() ? own("sort") : address.value("sort");
  }

  private String own(String name) {
    return address.value(id() + "." + name);
  }

  private Address with(String name, String value) {
    return address.without(id() + ".page").with(id() + "." + name, value);
  }

  private String to(Address there) {
    return there.text() + "#" + id();
  }

  /// Those of this page.
  public List<List<Cell>> rows() {
    if (table.drawing() != Drawing.NONE || !table.orders().isEmpty()) {
      return table.rows();
    }
    List<List<Cell>> found = found();
    int from = Math.min(found.size(), (page() - 1) * PAGE);
    return found.subList(from, Math.min(found.size(), from + PAGE));
  }

  private List<List<Cell>> found() {
    String text = find().toLowerCase(Locale.ROOT);
    List<List<Cell>> found =
        text.isEmpty()
            ? table.rows()
            : table.rows().stream().filter(row -> has(row, text)).toList();
    String key = sort().startsWith("-") ? sort().substring(1) : sort();
    int at = table.columns().stream().map(Column::key).toList().indexOf(key);
    return at < 0
        ? found
        : found.stream().sorted(new RowOrder(at, sort().startsWith("-"))).toList();
  }

  private boolean has(List<Cell> row, String text) {
    return row.stream()
        .flatMap(cell -> Stream.of(cell.text(), cell.whole() == null ? "" : cell.whole()))
        .anyMatch(told -> told.toLowerCase(Locale.ROOT).contains(text));
  }

  public String find() {
    return own("find");
  }

  /// Whether there is more than one sees at once.
  public boolean searchable() {
    return table.drawing() == Drawing.NONE
        && table.orders().isEmpty()
        && table.rows().size() > EASILY_SEEN;
  }

  /// What a search keeps of the address.
  public List<Address.Parameter> kept() {
    return address.without(id() + ".find", id() + ".page").parameters();
  }

  private int page() {
    String page = own("page");
    return page.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(page) : 1;
  }

  /// `1–50 of 211`; empty where all rows are shown.
  public String place() {
    int count = found().size();
    if (!searchable() || (count <= PAGE && find().isEmpty())) {
      return "";
    }
    int first = (page() - 1) * PAGE;
    return count == 0
        ? "no row has it"
        : Figures.count(Math.min(first + 1L, count))
            + "–"
            + Figures.count(Math.min((long) first + PAGE, count))
            + " of "
            + Figures.count(count);
  }

  /// The page before; empty where there is none.
  public String previous() {
    return searchable() && page() > 1 ? page(page() - 1) : "";
  }

  public String next() {
    return searchable() && found().size() > (long) page() * PAGE ? page(page() + 1) : "";
  }

  private String page(int number) {
    return to(address.with(id() + ".page", String.valueOf(number)));
  }

  /// What a phone shows below name and cost: `Responses 12 · laptop`.
  public List<String> below(List<Cell> row) {
    return heads().stream()
        .skip(1)
        .filter(head -> !head.role().endsWith("lead") && !head.role().equals("long"))
        .filter(head -> !row.get(head.at()).text().isEmpty())
        .limit(MOST_BELOW)
        .map(head -> below(head.column(), row.get(head.at())))
        .toList();
  }

  /// Whether these need nothing around them to stand beside each other.
  public boolean plain(List<String> lines) {
    return lines.stream().allMatch(ShownTable::leftToRight);
  }

  private static boolean leftToRight(String text) {
    return text.chars().allMatch(each -> each < '\u0250' || each == '\u2212' || each == '…');
  }

  private static String below(Column column, Cell cell) {
    return column.kind().isEmpty() ? cell.text() : column.name() + " " + cell.text();
  }
}

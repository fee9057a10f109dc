package dev.claudometer.cli.text;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A table for people: cells may have several lines, numbers stand right, text that does not fit is
/// cut with `…`.
public final class TextTable {

  private static final int GAP = 2;
  private static final int NARROWEST = 8;
  private static final int LETTERS_AT_ONCE = 4096;

  private final String[] head;
  private final boolean[] right;

  /// How wide the widest text of a column is.
  private final int[] natural;

  /// The lines of each row's cells.
  private final List<String[][]> rows = new ArrayList<>();

  private final BitSet rules = new BitSet();

  private TextTable(String[] head, boolean[] right) {
    this.head = head;
    this.right = right;
    natural = new int[head.length];
    for (int i = 0; i < head.length; i++) {
      natural[i] = Columns.of(head[i]);
    }
  }

  /// A column is numeric where its name begins with `>`.
  public static TextTable withColumns(List<String> names) {
    var right = new boolean[names.size()];
    var head = new String[right.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = names.get(i).startsWith(">");
      head[i] = right[i] ? names.get(i).substring(1) : names.get(i);
    }
    return new TextTable(head, right);
  }

  public void add(List<String> cells) {
    var row = new String[head.length][];
    for (int i = 0; i < row.length; i++) {
      row[i] = lines(cells.get(i));
      for (String line : row[i]) {
        natural[i] = Math.max(natural[i], Columns.of(line));
      }
    }
    rows.add(row);
  }

  private static String[] lines(String cell) {
    if (cell.indexOf('\r') >= 0 || cell.endsWith("\n")) {
      return cell.lines().toArray(String[]::new);
    }
    return cell.indexOf('\n') < 0 ? new String[] {cell} : cell.split("\n");
  }

  /// A line between the rows so far and the rows to come.
  public void rule() {
    rules.set(rows.size());
  }

  public void print(PrintStream out, Style style) {
    int[] widths = widths(style.columns());
    var text = new StringBuilder();
    line(text, head, widths);
    out.println(style.bold(text.toString()));
    String rule = style.dim("─".repeat(together(widths)));
    out.println(rule);
    String end = System.lineSeparator();
    text.setLength(0);
    for (int i = 0; i < rows.size(); i++) {
      if (rules.get(i)) {
        text = printed(out, text);
        out.println(rule);
      }
      row(text, rows.get(i), widths, end);
      text = text.length() < LETTERS_AT_ONCE ? text : printed(out, text);
    }
    out.print(text);
  }

  /// Prints what has come together. What is begun after it is plain again, whatever was in it.
  private static StringBuilder printed(PrintStream out, StringBuilder text) {
    out.print(text);
    return new StringBuilder(2 * LETTERS_AT_ONCE);
  }

  private void row(StringBuilder text, String[][] cells, int[] widths, String end) {
    int height = 1;
    for (String[] cell : cells) {
      height = Math.max(height, cell.length);
    }
    var parts = new String[cells.length];
    for (int line = 0; line < height; line++) {
      for (int i = 0; i < parts.length; i++) {
        parts[i] = line < cells[i].length ? cells[i][line] : "";
      }
      line(text, parts, widths);
      text.append(end);
    }
  }

  /// Without spaces at its end.
  private void line(StringBuilder text, String[] cells, int[] widths) {
    int begin = text.length();
    for (int i = 0; i < cells.length; i++) {
      int columns = Columns.of(cells[i]);
      boolean fits = columns <= widths[i];
      String cell = fits ? cells[i] : cut(cells[i], widths[i]);
      int pad = Math.max(0, widths[i] - (fits ? columns : Columns.of(cell)));
      text.repeat(' ', (i == 0 ? 0 : GAP) + (right[i] ? pad : 0));
      text.append(cell);
      text.repeat(' ', right[i] ? 0 : pad);
    }
    int length = text.length();
    while (length > begin && Character.isWhitespace(text.charAt(length - 1))) {
      length--;
    }
    text.setLength(length);
  }

  /// Natural widths; where they exceed the terminal, text columns give way, the widest first.
  private int[] widths(int columns) {
    int[] widths = natural.clone();
    int excess = together(widths) - columns;
    while (columns > 0 && excess > 0) {
      int widest = widestText(widths);
      if (widest < 0) {
        break;
      }
      widths[widest]--;
      excess--;
    }
    return widths;
  }

  private static int together(int[] widths) {
    int sum = GAP * (widths.length - 1);
    for (int width : widths) {
      sum += width;
    }
    return sum;
  }

  private int widestText(int[] widths) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      boolean shrinks = !right[i] && widths[i] > NARROWEST;
      if (shrinks && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private static String cut(String text, int width) {
    return Columns.first(text, Math.max(0, width - 1)) + "…";
  }
}

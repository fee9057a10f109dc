package dev.claudometer.cli.text;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A table for people: cells may have several lines, numbers stand right, text that does not fit is
/// cut with `…`.
public final class TextTable {

  private static final int GAP = 2;
  private static final int NARROWEST = 8;

  private final List<String> head;
  private final boolean[] right;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Integer> rules = new ArrayList<>();

  private TextTable(List<String> head, boolean[] right) {
    this.head = head;
    this.right = right;
  }

  /// A column is numeric where its name begins with `>`.
  public static TextTable withColumns(List<String> names) {
    boolean[] right = new boolean[names.size()];
    List<String> head = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      right[i] = names.get(i).startsWith(">");
      head.add(right[i] ? names.get(i).substring(1) : names.get(i));
    }
    return new TextTable(head, right);
  }

  public void add(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /// A line between the rows so far and the rows to come.
  public void rule() {
    rules.add(rows.size());
  }

  public void print(PrintStream out, Style style) {
    int[] widths = widths(style.columns());
    out.println(style.bold(line(head, widths)));
    String rule = style.dim("─".repeat(Arrays.stream(widths).sum() + GAP * (widths.length - 1)));
    out.println(rule);
    for (int i = 0; i < rows.size(); i++) {
      if (rules.contains(i)) {
        out.println(rule);
      }
      printRow(out, rows.get(i), widths);
    }
  }

  private void printRow(PrintStream out, List<String> cells, int[] widths) {
    List<List<String>> lines = cells.stream().map(cell -> cell.lines().toList()).toList();
    int height = lines.stream().mapToInt(List::size).max().orElse(0);
    for (int line = 0; line < Math.max(1, height); line++) {
      List<String> parts = new ArrayList<>();
      for (List<String> cell : lines) {
        parts.add(line < cell.size() ? cell.get(line) : "");
      }
      out.println(line(parts, widths));
    }
  }

  private String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cut(cells.get(i), widths[i]);
      String pad = " ".repeat(Math.max(0, widths[i] - Columns.of(cell)));
      line.append(i == 0 ? "" : " ".repeat(GAP)).append(right[i] ? pad + cell : cell + pad);
    }
    return line.toString().stripTrailing();
  }

  /// Natural widths; where they exceed the terminal, text columns give way, the widest first.
  private int[] widths(int columns) {
    int[] widths = new int[head.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      int widest =
          rows.stream()
              .flatMap(row -> row.get(column).lines())
              .mapToInt(Columns::of)
              .max()
              .orElse(0);
      widths[i] = Math.max(Columns.of(head.get(i)), widest);
    }
    int excess = Arrays.stream(widths).sum() + GAP * (widths.length - 1) - columns;
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
    return Columns.of(text) <= width ? text : Columns.first(text, Math.max(0, width - 1)) + "…";
  }
}

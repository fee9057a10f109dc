package dev.claudometer.server.web;

import dev.claudometer.model.Usd;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One place of a table.
///
/// @param text as a page shows it
/// @param value as CSV and JSON have it: exact, null where it is unknown
/// @param link where the text leads, empty for nowhere
/// @param more lines that are shown when they are asked for
public record Cell(String text, @Nullable Object value, String link, List<String> more) {

  /// What somebody gave a name to.
  static Cell name(String name) {
    return new Cell(name.isEmpty() ? "—" : Shown.name(name), name, "", List.of());
  }

  /// Text of one or more lines: the first, and the others where somebody asks for them.
  static Cell lines(String text) {
    List<String> lines = text.lines().map(Shown::line).toList();
    return lines.isEmpty()
        ? name("")
        : new Cell(lines.getFirst(), text, "", lines.subList(1, lines.size()));
  }

  /// What nobody has told.
  static Cell unknown() {
    return new Cell("unknown", null, "", List.of());
  }

  static Cell count(long number) {
    return new Cell(Figures.count(number), number, "", List.of());
  }

  /// Money: shown in the currency of the settings, exported in exact dollars.
  static Cell money(Figures figures, @Nullable Usd amount) {
    return new Cell(figures.money(amount), amount == null ? null : amount.dollars(), "", List.of());
  }

  static Cell time(Figures figures, @Nullable Instant at) {
    return new Cell(figures.time(at), at == null ? null : at.toString(), "", List.of());
  }

  /// With another value for files than what is shown.
  Cell valued(Object exported) {
    return new Cell(text, exported, link, more);
  }

  Cell to(String address) {
    return new Cell(text, value, address, more);
  }

  Cell with(List<String> lines) {
    return new Cell(text, value, link, lines.stream().map(Shown::line).toList());
  }

  /// For charts: the number, empty where there is none.
  public String number() {
    return value instanceof Number ? String.valueOf(value) : "";
  }
}

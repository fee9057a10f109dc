package dev.claudometer.store.sql.event;

import dev.claudometer.model.ToolUse;
import dev.claudometer.store.sql.engine.Escapes;
import dev.claudometer.store.sql.engine.PackedText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tools that a response called, as one text: `id name` by id, one per line; null where there
/// is none.
public final class ToolsText {

  private ToolsText() {}

  static @Nullable String of(List<ToolUse> tools) {
    if (tools.isEmpty()) {
      return null;
    }
    var text = new StringBuilder();
    for (ToolUse tool : tools) {
      text.append(text.isEmpty() ? "" : "\n")
          .append(Escapes.escape(tool.id()))
          .append(' ')
          .append(Escapes.escape(tool.name()));
    }
    return text.toString();
  }

  /// Those of a row.
  public static List<ToolUse> read(ResultSet row, int column) throws SQLException {
    return read(PackedText.TOOLS.read(row, column));
  }

  static List<ToolUse> read(@Nullable String text) {
    if (text == null) {
      return List.of();
    }
    var tools = new ArrayList<ToolUse>();
    for (String line : text.split("\n", -1)) {
      int space = line.indexOf(' ');
      tools.add(
          new ToolUse(
              Escapes.unescape(line.substring(0, space)),
              Escapes.unescape(line.substring(space + 1))));
    }
    return tools;
  }
}

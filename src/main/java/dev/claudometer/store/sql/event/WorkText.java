package dev.claudometer.store.sql.event;

import dev.claudometer.model.Work;
import dev.claudometer.store.sql.engine.Escapes;

/// What a response was work of, as one text: `agent|skill|server`, empty where nobody tells.
public final class WorkText {

  private WorkText() {}

  static String of(Work work) {
    return work.equals(Work.UNTOLD)
        ? ""
        : Escapes.escape(work.agent())
            + "|"
            + Escapes.escape(work.skill())
            + "|"
            + Escapes.escape(work.mcpServer());
  }

  public static Work read(String text) {
    if (text.isEmpty()) {
      return Work.UNTOLD;
    }
    String[] parts = text.split("\\|", 3);
    return new Work(
        Escapes.unescape(parts[0]), Escapes.unescape(parts[1]), Escapes.unescape(parts[2]));
  }
}

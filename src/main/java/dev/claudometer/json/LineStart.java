package dev.claudometer.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter.Indenter;
import java.io.IOException;

/// Begins each line two blanks deeper than the one around it. The library's own way writes blanks
/// one depth after the other, and most of a long answer is blanks.
final class LineStart implements Indenter {

  private static final int DEEPEST_KEPT = 16;
  private static final SerializedString[] KEPT = kept();

  private static SerializedString[] kept() {
    var kept = new SerializedString[DEEPEST_KEPT];
    for (int depth = 0; depth < kept.length; depth++) {
      kept[depth] = at(depth);
    }
    return kept;
  }

  private static SerializedString at(int depth) {
    return new SerializedString("\n" + "  ".repeat(depth));
  }

  @Override
  public void writeIndentation(JsonGenerator generator, int depth) throws IOException {
    generator.writeRaw(depth < DEEPEST_KEPT ? KEPT[depth] : at(depth));
  }

  @Override
  public boolean isInline() {
    return false;
  }
}

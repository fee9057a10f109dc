package dev.claudometer.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;

/// Two blanks for each depth, `"name": value`, and nothing within what is empty. The library's own
/// printer writes blanks one level after the other, and most of a long answer is blanks.
final class Indented implements PrettyPrinter {

  private static final int DEEPEST_KEPT = 16;
  private static final SerializedString COLON = new SerializedString(": ");
  private static final SerializedString[] LINES = lines("\n");
  private static final SerializedString[] NEXT_LINES = lines(",\n");

  private int depth;

  private static SerializedString[] lines(String end) {
    var lines = new SerializedString[DEEPEST_KEPT];
    for (int depth = 0; depth < lines.length; depth++) {
      lines[depth] = line(end, depth);
    }
    return lines;
  }

  private static SerializedString line(String end, int depth) {
    return new SerializedString(end + "  ".repeat(depth));
  }

  private void begin(JsonGenerator generator) throws IOException {
    generator.writeRaw(depth < DEEPEST_KEPT ? LINES[depth] : line("\n", depth));
  }

  private void goOn(JsonGenerator generator) throws IOException {
    generator.writeRaw(depth < DEEPEST_KEPT ? NEXT_LINES[depth] : line(",\n", depth));
  }

  private void open(JsonGenerator generator, char bracket) throws IOException {
    generator.writeRaw(bracket);
    depth++;
  }

  private void close(JsonGenerator generator, int entries, char bracket) throws IOException {
    depth--;
    if (entries > 0) {
      begin(generator);
    }
    generator.writeRaw(bracket);
  }

  @Override
  public void writeStartObject(JsonGenerator generator) throws IOException {
    open(generator, '{');
  }

  @Override
  public void beforeObjectEntries(JsonGenerator generator) throws IOException {
    begin(generator);
  }

  @Override
  public void writeObjectFieldValueSeparator(JsonGenerator generator) throws IOException {
    generator.writeRaw(COLON);
  }

  @Override
  public void writeObjectEntrySeparator(JsonGenerator generator) throws IOException {
    goOn(generator);
  }

  @Override
  public void writeEndObject(JsonGenerator generator, int entries) throws IOException {
    close(generator, entries, '}');
  }

  @Override
  public void writeStartArray(JsonGenerator generator) throws IOException {
    open(generator, '[');
  }

  @Override
  public void beforeArrayValues(JsonGenerator generator) throws IOException {
    begin(generator);
  }

  @Override
  public void writeArrayValueSeparator(JsonGenerator generator) throws IOException {
    goOn(generator);
  }

  @Override
  public void writeEndArray(JsonGenerator generator, int values) throws IOException {
    close(generator, values, ']');
  }

  @Override
  public void writeRootValueSeparator(JsonGenerator generator) throws IOException {
    generator.writeRaw('\n');
  }
}

package dev.claudometer.app.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a launcher hands over: fields that end with a NUL each.
///
/// ```
/// token, launcher, columns, number of arguments, the arguments, NAME=value …, an empty field, stdin
/// ```
///
/// @param launcher the script that was called, as a path
/// @param columns width of the terminal that stdout is, empty where it is none
/// @param input what was on stdin, for a command that reads it
record Asked(
    String launcher,
    String columns,
    List<String> arguments,
    Map<String, String> environment,
    String input) {

  private static final int MOST_ARGUMENTS = 1_000;

  /// Reads what stands behind the token.
  ///
  /// @return null where it is not whole yet
  /// @throws Unusable where it never will be
  static @Nullable Asked of(byte[] bytes, int from, int to) throws Unusable {
    if (to <= from || bytes[to - 1] != 0) {
      return null;
    }
    List<String> fields = fields(bytes, from, to);
    if (fields.size() < 3) {
      return null;
    }
    int arguments = number(fields.get(2));
    int environment = 3 + arguments;
    int end = environment;
    while (end < fields.size() && !fields.get(end).isEmpty()) {
      end++;
    }
    if (end + 2 > fields.size()) {
      return null;
    }
    if (end + 2 < fields.size()) {
      throw new Unusable();
    }
    return new Asked(
        fields.get(0),
        fields.get(1),
        List.copyOf(fields.subList(3, environment)),
        variables(fields.subList(environment, end)),
        fields.get(end + 1));
  }

  private static List<String> fields(byte[] bytes, int from, int to) throws Unusable {
    List<String> fields = new ArrayList<>();
    int begin = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == 0) {
        fields.add(text(ByteBuffer.wrap(bytes, begin, i - begin)));
        begin = i + 1;
      }
    }
    return fields;
  }

  /// A shell hands over bytes: those that are no UTF-8 mean something else in another process.
  private static String text(ByteBuffer bytes) throws Unusable {
    try {
      return UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException otherCharset) {
      throw new Unusable();
    }
  }

  private static int number(String text) throws Unusable {
    if (!text.matches("\\d{1,4}") || Integer.parseInt(text) > MOST_ARGUMENTS) {
      throw new Unusable();
    }
    return Integer.parseInt(text);
  }

  private static Map<String, String> variables(List<String> fields) throws Unusable {
    var variables = new LinkedHashMap<String, String>();
    for (String field : fields) {
      int equals = field.indexOf('=');
      if (equals <= 0) {
        throw new Unusable();
      }
      variables.put(field.substring(0, equals), field.substring(equals + 1));
    }
    return variables;
  }

  /// Nothing that a launcher of ours writes.
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;
  }
}

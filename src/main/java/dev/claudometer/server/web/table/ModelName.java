package dev.claudometer.server.web.table;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A model's name as people say it; its id stands beside it, and in files.
public final class ModelName {

  private static final String PLACE = "^(?:.*[/.])?claude-";
  private static final String VERSION = "(\\d{1,2})(?:[-.](\\d{1,2}))?";
  private static final String REST =
      "(?:-(preview|fast|thinking))?(?:[-@]20\\d{6}|@default|-latest)?(?:-v\\d+(?::\\d+)?)?(\\[\\w+])?$";
  private static final Pattern FAMILY_FIRST =
      Pattern.compile(PLACE + "([a-z]{3,12})(?:-" + VERSION + ")?" + REST);
  private static final Pattern NUMBER_FIRST =
      Pattern.compile(PLACE + VERSION + "(?:-([a-z]{3,12}))?" + REST);

  private ModelName() {}

  /// `Opus 4.8` of `claude-opus-4-8`, `Haiku 4.5` of `claude-haiku-4-5-20251001`; an id of another
  /// kind as it is.
  public static String words(String id) {
    String lower = id.toLowerCase(Locale.ROOT);
    Matcher family = FAMILY_FIRST.matcher(lower);
    if (family.matches()) {
      return words(family.group(1), family.group(2), family.group(3), family, 4);
    }
    Matcher number = NUMBER_FIRST.matcher(lower);
    return number.matches()
        ? words(number.group(3), number.group(1), number.group(2), number, 4)
        : Escaped.name(id);
  }

  private static String words(String family, String major, String minor, Matcher rest, int at) {
    var words = new StringBuilder(family == null ? "Claude" : capital(family));
    if (major != null) {
      words.append(' ').append(major).append(minor == null ? "" : "." + minor);
    }
    for (int group = at; group <= at + 1; group++) {
      if (rest.group(group) != null) {
        words.append(' ').append(rest.group(group));
      }
    }
    return words.toString();
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /// The names of several, by id. Those that would be called the same keep their ids.
  public static Map<String, String> of(Collection<String> ids) {
    Map<String, Integer> called = new HashMap<>();
    ids.stream().distinct().forEach(id -> called.merge(words(id), 1, Integer::sum));
    Map<String, String> names = new TreeMap<>();
    for (String id : ids) {
      String words = words(id);
      names.put(id, called.getOrDefault(words, 0) > 1 ? Escaped.name(id) : words);
    }
    return names;
  }
}

package dev.claudometer.cli.text;

import dev.claudometer.model.ToldDay;
import dev.claudometer.report.EarlierDays;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is known of the days whose transcripts are gone, as `doctor` shows it.
///
/// @param unread statistics that could not be read, and why
public record EarlierText(EarlierDays days, List<String> unread) {

  void print(PrintStream out) {
    String sentence = days.sentence();
    if (sentence != null) {
      out.println("Earlier");
      out.println("  " + sentence);
    }
    unread.forEach(
        file -> out.println("Statistics of Claude Code not read: " + Printable.of(file)));
  }

  /// Null where nothing is told and nothing went wrong.
  @Nullable Map<String, @Nullable Object> document() {
    if (days.homes().isEmpty() && unread.isEmpty()) {
      return null;
    }
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("before", text(days.before()));
    json.put("first", text(days.first()));
    json.put("days", days.days().map(ToldDay::date).distinct().count());
    json.put("sessions", days.sessions());
    json.put("toolCalls", days.toolCalls());
    json.put("toldTokens", tokens());
    json.put("files", days.homes().stream().map(home -> home.told().file()).toList());
    json.put("unread", unread);
    return json;
  }

  private static @Nullable String text(@Nullable LocalDate day) {
    return day == null ? null : day.toString();
  }

  private Map<String, Long> tokens() {
    var tokens = new TreeMap<String, Long>();
    days.days()
        .forEach(day -> day.tokens().forEach((model, sum) -> tokens.merge(model, sum, Long::sum)));
    return tokens;
  }
}

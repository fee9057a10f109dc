package dev.claudometer.source.adminapi;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.Answer.Reason;
import dev.claudometer.fetch.GetRequest.Pair;
import dev.claudometer.json.BadJson;
import dev.claudometer.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a list that comes in pages, all of it or nothing.
///
/// @param marker the name of the parameter that names the next page
/// @param next where a page says what that is
record Pages(AdminApi api, String path, String marker, String next) {

  private static final int MOST_ELEMENTS = 500_000;

  static final Pair LIMIT = new Pair("limit", "1000");

  private record Page<T>(List<T> elements, @Nullable String mark) {}

  <T> Answer<List<T>> all(List<Pair> parameters, Function<JsonValue, T> reader)
      throws InterruptedException {
    List<T> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    @Nullable String mark = null;
    do {
      List<Pair> asked = new ArrayList<>(parameters);
      if (mark != null) {
        asked.add(new Pair(marker, mark));
      }
      switch (api.ask(path, asked, page -> page(page, reader))) {
        case Failed<Page<T>> failed -> {
          return failed.as();
        }
        case Given<Page<T>>(Page<T>(List<T> elements, String following)) -> {
          all.addAll(elements);
          mark = following;
        }
      }
      if (all.size() > MOST_ELEMENTS || (mark != null && !seen.add(mark))) {
        return new Failed<>(
            Reason.UNREADABLE, "the pages of " + path + " do not come to an end", null);
      }
    } while (mark != null);
    return new Given<>(all);
  }

  /// Newer lists say that there is more by naming it.
  private boolean pageNamed(JsonValue page) {
    return next.equals("next_page") && !page.at(next).absent();
  }

  private <T> Page<T> page(JsonValue page, Function<JsonValue, T> reader) {
    List<T> elements =
        ReportReader.required(page.at("data")).elements().stream().map(reader).toList();
    JsonValue more = page.at("has_more");
    boolean last = more.absent() ? !pageNamed(page) : !more.truth(false);
    if (last) {
      return new Page<>(elements, null);
    }
    JsonValue mark = page.at(next);
    if (mark.absent()) {
      throw new BadJson("there is more, but " + next + " does not say where");
    }
    return new Page<>(elements, mark.exactText());
  }
}

package dev.claudometer.source.claudecode;

import dev.claudometer.json.BadJson;
import dev.claudometer.json.JsonValue;
import dev.claudometer.model.ToldDay;
import dev.claudometer.model.ToldHome;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads `stats-cache.json`, which Claude Code makes for `/stats` from its transcripts, and which
/// outlives them. Versions 1, 2, 3 and 5 have been seen; since 5 a day's tokens are of all kinds.
public final class StatsCache {

  private static final int MOST_BYTES = 16 << 20;
  private static final int HOURS = 24;
  private static final long FIRST_WITH_ALL_TOKENS = 5;

  private StatsCache() {}

  /// The file of a home.
  public static Path of(ClaudeHome home) {
    return home.projects().resolveSibling("stats-cache.json");
  }

  /// What it tells; null where there is none.
  ///
  /// @throws IOException where it cannot be read
  /// @throws BadJson where it is not what it was
  public static @Nullable ToldHome read(ClaudeHome home) throws IOException {
    Path file = of(home);
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (NoSuchFileException none) {
      return null;
    }
    if (bytes.length > MOST_BYTES) {
      throw new BadJson("it has more than 16 MiB");
    }
    try {
      return read(home.projects().toString(), file.toString(), JsonValue.parse(bytes));
    } catch (DateTimeException | NumberFormatException odd) {
      throw new BadJson("it has a day or an hour that is none");
    }
  }

  private static ToldHome read(String projects, String file, JsonValue json) {
    Map<LocalDate, Map<String, Long>> tokens = new HashMap<>();
    for (JsonValue day : json.at("dailyModelTokens").elements()) {
      var models = new HashMap<String, Long>();
      day.at("tokensByModel").fields().forEach((model, sum) -> models.put(model, sum.count()));
      tokens.put(LocalDate.parse(day.at("date").text()), models);
    }
    boolean all = version(json) >= FIRST_WITH_ALL_TOKENS;
    var days = new TreeMap<LocalDate, ToldDay>();
    tokens.forEach((date, models) -> days.put(date, new ToldDay(date, 0, 0, 0, models, all)));
    for (JsonValue day : json.at("dailyActivity").elements()) {
      LocalDate date = LocalDate.parse(day.at("date").text());
      days.put(
          date,
          new ToldDay(
              date,
              day.at("sessionCount").countOrZero(),
              day.at("toolCallCount").countOrZero(),
              day.at("messageCount").countOrZero(),
              tokens.getOrDefault(date, Map.of()),
              all));
    }
    return new ToldHome(
        projects,
        file,
        LocalDate.parse(json.at("lastComputedDate").text()),
        hours(json),
        List.copyOf(days.values()));
  }

  private static long version(JsonValue json) {
    JsonValue ofTokens = json.at("dailyModelTokensVersion");
    return ofTokens.absent() ? json.at("version").countOrZero() : ofTokens.count();
  }

  private static List<Long> hours(JsonValue json) {
    Long[] hours = new Long[HOURS];
    Arrays.fill(hours, 0L);
    json.at("hourCounts")
        .fields()
        .forEach((hour, sessions) -> hours[hour(hour)] = sessions.count());
    return List.of(hours);
  }

  private static int hour(String text) {
    int hour = Integer.parseInt(text);
    if (hour < 0 || hour >= HOURS) {
      throw new BadJson("it has an hour " + hour);
    }
    return hour;
  }
}

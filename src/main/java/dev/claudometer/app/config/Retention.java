package dev.claudometer.app.config;

import dev.claudometer.json.FlatJson;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// After how many days Claude Code deletes transcripts: `cleanupPeriodDays` of its settings, else
/// 30.
public record Retention(int days, boolean configured) {

  private static final int DEFAULT_DAYS = 30;

  public static Retention of(ClaudeHome.Search search) {
    for (ClaudeHome home : search.homes()) {
      Path settings = home.projects().resolveSibling("settings.json");
      if (Files.isRegularFile(settings)) {
        try (InputStream in = Files.newInputStream(settings)) {
          String days = FlatJson.read(in).getOrDefault("cleanupPeriodDays", "");
          if (days.matches("\\d{1,6}")) {
            return new Retention(Integer.parseInt(days), true);
          }
        } catch (IOException unreadable) {
          // then its default holds
        }
      }
    }
    return new Retention(DEFAULT_DAYS, false);
  }
}

package dev.claudometer.app;

import dev.claudometer.json.BadJson;
import dev.claudometer.model.Cause;
import dev.claudometer.model.ToldHome;
import dev.claudometer.source.claudecode.StatsCache;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.store.ToldHistory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Keeps what Claude Code's statistics tell, which outlive its transcripts.
public record Statistics(ToldHistory history) {

  /// Reads those of some homes.
  ///
  /// @return what could not be read, and why: the last copy is kept
  public List<String> read(List<ClaudeHome> homes) {
    List<String> unread = new ArrayList<>();
    for (ClaudeHome home : homes) {
      try {
        ToldHome told = StatsCache.read(home);
        if (told != null) {
          history.put(told);
        }
      } catch (IOException failure) {
        unread.add(StatsCache.of(home) + ": " + Cause.of(failure).words());
      } catch (BadJson odd) {
        unread.add(StatsCache.of(home) + ": " + odd.getMessage());
      }
    }
    return unread;
  }
}

package dev.claudometer.ingest;

import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.UsageEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Turns away what no API response can be. Bounds are wide: they keep sums exact, not behaviour
/// usual.
final class Plausibility {

  /// A thousand times the largest context window.
  private static final long MOST_TOKENS = 1_000_000_000L;

  private static final int MOST_PARTS = 1_000;
  private static final int MOST_SEARCHES = 1_000_000;
  private static final int LONGEST_NAME = 1_000;
  private static final Instant EARLIEST = Instant.parse("2023-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  private Plausibility() {}

  /// What speaks against the event, or null.
  static @Nullable String objection(UsageEvent event) {
    if (event.at().isBefore(EARLIEST) || !event.at().isBefore(LATEST)) {
      return "time out of range: " + event.at();
    }
    TokenCounts tokens = event.usage().tokens();
    if (!possible(tokens.input())
        || !possible(tokens.output())
        || !possible(tokens.cacheWrite5m())
        || !possible(tokens.cacheWrite1h())
        || !possible(tokens.cacheRead())
        || !possible(event.completion().output())
        || event.usage().thinking() > MOST_TOKENS) {
      return "token counts out of range";
    }
    if (event.key().part() < 0 || event.key().part() > MOST_PARTS) {
      return "part out of range: " + event.key().part();
    }
    if (event.usage().rounds().size() > MOST_PARTS) {
      return "too many rounds";
    }
    if (event.usage().webSearches() > MOST_SEARCHES || event.usage().webFetches() > MOST_SEARCHES) {
      return "web requests out of range";
    }
    return event.key().messageId().length() > LONGEST_NAME
            || event.key().requestId().length() > LONGEST_NAME
            || event.usage().model().length() > LONGEST_NAME
        ? "an id is too long"
        : null;
  }

  private static boolean possible(long count) {
    return count >= 0 && count <= MOST_TOKENS;
  }
}

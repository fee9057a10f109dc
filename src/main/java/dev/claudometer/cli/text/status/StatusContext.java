package dev.claudometer.cli.text.status;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is in a session's context, as far as Claude Code's JSON tells.
///
/// @param tokens of the last request's prompt
/// @param size of the context window, 0 where it cannot be what was told
public record StatusContext(long tokens, long size) {

  private static final String WINDOW = "context_window.";
  private static final List<String> PROMPT =
      List.of("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens");

  /// Until this version the totals were sums over the whole session.
  private static final int[] TOTALS_ARE_THE_CONTEXT = {2, 1, 132};

  /// Null where it is not known.
  static @Nullable StatusContext of(Map<String, String> input) {
    long size = number(input.get(WINDOW + "context_window_size"));
    long tokens = 0;
    for (String part : PROMPT) {
      tokens += number(input.get(WINDOW + "current_usage." + part));
    }
    if (tokens > 0 && size > 0) {
      return new StatusContext(tokens, tokens <= size ? size : 0);
    }
    long total = number(input.get(WINDOW + "total_input_tokens"));
    boolean told = total > 0 && total <= size && totalsAreTheContext(input.get("version"));
    return told ? new StatusContext(total, size) : null;
  }

  /// Where no version is told, totals that fit are believed.
  private static boolean totalsAreTheContext(@Nullable String version) {
    if (version == null || !version.matches("\\d{1,6}\\.\\d{1,6}\\.\\d{1,6}.*")) {
      return true;
    }
    int[] parts =
        Arrays.stream(version.split("[^0-9]+", -1)).limit(3).mapToInt(Integer::parseInt).toArray();
    return Arrays.compare(parts, TOTALS_ARE_THE_CONTEXT) >= 0;
  }

  static long number(@Nullable String text) {
    return text != null && text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
  }
}

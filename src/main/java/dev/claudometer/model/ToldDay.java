package dev.claudometer.model;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;

/// What Claude Code's own statistics tell of a day.
///
/// @param date in UTC
/// @param sessions that began on it
/// @param toolCalls of main conversations
/// @param messages lines of main conversations that have a uuid: no number of responses
/// @param tokens by model; each line counted, so up to 2.2 times too many
/// @param allTokens whether they hold what was written to caches and read from them
public record ToldDay(
    LocalDate date,
    long sessions,
    long toolCalls,
    long messages,
    Map<String, Long> tokens,
    boolean allTokens) {

  private static final Comparator<ToldDay> FULLER =
      Comparator.comparingLong(ToldDay::messages)
          .thenComparingLong(ToldDay::toolCalls)
          .thenComparingLong(ToldDay::sessions)
          .thenComparing(ToldDay::allTokens)
          .thenComparingLong(ToldDay::tokenSum);

  public ToldDay {
    tokens = Map.copyOf(tokens);
  }

  public long tokenSum() {
    return tokens.values().stream().mapToLong(Long::longValue).sum();
  }

  /// Of two copies the one that knows more: the statistics are rewritten, and have lost days.
  public ToldDay fuller(ToldDay other) {
    return FULLER.compare(this, other) >= 0 ? this : other;
  }
}

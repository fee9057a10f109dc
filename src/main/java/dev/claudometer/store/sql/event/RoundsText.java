package dev.claudometer.store.sql.event;

import dev.claudometer.model.TokenCounts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rounds of a response as text: `80000 100 0 0 0;60000 200 0 0 0`, in the order of
/// [TokenCounts].
public final class RoundsText {

  private RoundsText() {}

  static @Nullable String of(List<TokenCounts> rounds) {
    if (rounds.isEmpty()) {
      return null;
    }
    var text = new StringBuilder();
    for (TokenCounts round : rounds) {
      text.append(text.isEmpty() ? "" : ";")
          .append(round.input())
          .append(' ')
          .append(round.output())
          .append(' ')
          .append(round.cacheWrite5m())
          .append(' ')
          .append(round.cacheWrite1h())
          .append(' ')
          .append(round.cacheRead());
    }
    return text.toString();
  }

  public static List<TokenCounts> read(@Nullable String text) {
    if (text == null) {
      return List.of();
    }
    List<TokenCounts> rounds = new ArrayList<>();
    for (String round : text.split(";", -1)) {
      String[] counts = round.split(" ", -1);
      rounds.add(
          new TokenCounts(
              Long.parseLong(counts[0]),
              Long.parseLong(counts[1]),
              Long.parseLong(counts[2]),
              Long.parseLong(counts[3]),
              Long.parseLong(counts[4])));
    }
    return rounds;
  }
}

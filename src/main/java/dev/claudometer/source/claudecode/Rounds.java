package dev.claudometer.source.claudecode;

import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The rounds that a response took on the server (`usage.iterations`). Reused from line to line.
///
/// `message` rounds repeat what the response's own counts hold. An advisor, a compaction and the
/// attempts before a fallback are outside of them, and billed: they are parts of the response.
/// Attempts that were declined before they had put out anything are not billed.
final class Rounds {

  /// What a round is for. The names are Anthropic's, in small letters.
  enum Kind {
    MESSAGE,
    ADVISOR_MESSAGE,
    COMPACTION,
    FALLBACK_MESSAGE,
    UNKNOWN
  }

  /// One of them.
  static final class Round {
    Kind kind = Kind.UNKNOWN;
    String model = "";
    String speed = "";
    final Counts counts = new Counts();

    private boolean isAttempt() {
      return kind == Kind.MESSAGE || kind == Kind.FALLBACK_MESSAGE;
    }
  }

  private final List<Round> rounds = new ArrayList<>();
  private int size;

  void clear() {
    size = 0;
  }

  Round next() {
    if (size == rounds.size()) {
      rounds.add(new Round());
    }
    Round round = rounds.get(size++);
    round.kind = Kind.UNKNOWN;
    round.model = "";
    round.speed = "";
    round.counts.clear();
    return round;
  }

  /// The rounds of the response itself, where there are several and they add up to it: else none,
  /// since then nobody knows what each of them read.
  List<TokenCounts> own(TokenCounts response) {
    if (size < 2) {
      return List.of();
    }
    List<TokenCounts> own = new ArrayList<>();
    var sum = TokenCounts.ZERO;
    for (int i = serving(); i < size; i++) {
      if (rounds.get(i).isAttempt()) {
        own.add(rounds.get(i).counts.tokens());
        sum = sum.plus(own.getLast());
      }
    }
    return own.size() > 1 && sum.equals(response) ? own : List.of();
  }

  /// Passes on what is billed beside a response.
  void parts(UsageEvent response, Consumer<? super UsageEvent> to) {
    int serving = serving();
    for (int i = 0; i < size; i++) {
      if (beside(rounds.get(i), i < serving)) {
        to.accept(response.part(i + 1, usage(rounds.get(i), response.usage())));
      }
    }
  }

  private static boolean beside(Round round, boolean declined) {
    return switch (round.kind) {
      case ADVISOR_MESSAGE, COMPACTION -> round.counts.tokens().total() > 0;
      case MESSAGE, FALLBACK_MESSAGE -> declined && round.counts.output > 0;
      case UNKNOWN -> false;
    };
  }

  /// The last fallback served the response; 0 where there was none.
  private int serving() {
    for (int i = size - 1; i > 0; i--) {
      if (rounds.get(i).kind == Kind.FALLBACK_MESSAGE) {
        return i;
      }
    }
    return 0;
  }

  /// An advisor's request is another one than the response's: its speed is told or unknown.
  private static Usage usage(Round round, Usage response) {
    BillingTerms terms = response.terms();
    boolean sameRequest = round.speed.isEmpty() && round.kind != Kind.ADVISOR_MESSAGE;
    return new Usage(
        round.model.isEmpty() ? response.model() : round.model,
        round.counts.tokens(),
        0,
        0,
        new BillingTerms(
            terms.serviceTier(), sameRequest ? terms.speed() : round.speed, terms.inferenceGeo()),
        response.stopReason(),
        null);
  }
}

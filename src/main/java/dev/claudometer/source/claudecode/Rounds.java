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
    final Counts counts = new Counts();

    boolean saysSomething() {
      return counts.tokens().total() > 0 || counts.webSearches > 0;
    }

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
    round.counts.clear();
    return round;
  }

  /// The rounds of the response itself, where there are several and they add up to it: else none,
  /// since then nobody knows what each of them read.
  List<TokenCounts> own(TokenCounts response) {
    if (size < 2) {
      return List.of();
    }
    List<TokenCounts> own = own();
    return own.size() > 1 && sum(own).equals(response) ? own : List.of();
  }

  /// False where the response has rounds of its own and they come to something else than it says.
  boolean addUp(Counts response) {
    List<TokenCounts> own = size == 0 ? List.of() : own();
    return own.isEmpty() || sum(own).equals(response.tokens());
  }

  private List<TokenCounts> own() {
    List<TokenCounts> own = new ArrayList<>();
    for (int i = serving(); i < size; i++) {
      if (rounds.get(i).isAttempt()) {
        own.add(rounds.get(i).counts.tokens());
      }
    }
    return own;
  }

  private static TokenCounts sum(List<TokenCounts> rounds) {
    return rounds.stream().reduce(TokenCounts.ZERO, TokenCounts::plus);
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
      case ADVISOR_MESSAGE, COMPACTION -> round.saysSomething();
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

  /// A round has its response's terms where it tells none. An advisor's request is another one than
  /// the response's: its speed is told or unknown.
  private static Usage usage(Round round, Usage response) {
    BillingTerms own = round.counts.terms();
    BillingTerms terms = response.terms();
    String speed = round.kind == Kind.ADVISOR_MESSAGE ? "" : terms.speed();
    return round.counts.usage(
        told(round.model, response.model()),
        new BillingTerms(
            told(own.serviceTier(), terms.serviceTier()),
            told(own.speed(), speed),
            told(own.inferenceGeo(), terms.inferenceGeo())),
        response.stopReason(),
        null,
        List.of());
  }

  private static String told(String word, String otherwise) {
    return word.isEmpty() ? otherwise : word;
  }
}

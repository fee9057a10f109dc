package dev.claudometer.usage;

import dev.claudometer.model.Attribution;
import dev.claudometer.model.Completion;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.ToolUse;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// Joins copies of one response into the event they are copies of.
///
/// Every part is the maximum of a total order, so the join is commutative, associative and
/// idempotent: any order of arrival and any repetition gives the same event.
public final class Copies {

  /// What says something first, then finalised, then by a transcript, then the highest output, then
  /// the highest total; the rest only makes the order total.
  static final Comparator<Usage> BY_WEIGHT =
      Comparator.comparing(Copies::saysSomething)
          .thenComparing(Usage::finalised)
          .thenComparing(Usage::written)
          .thenComparingLong(usage -> usage.tokens().output())
          .thenComparingLong(usage -> usage.tokens().total())
          .thenComparingLong(usage -> usage.tokens().cacheWrite1h())
          .thenComparingLong(usage -> usage.tokens().cacheRead())
          .thenComparingLong(usage -> usage.tokens().input())
          .thenComparingInt(Usage::webSearches)
          .thenComparingInt(Usage::webFetches)
          .thenComparingLong(Usage::thinking)
          .thenComparing(usage -> usage.reportedCost() == null ? Usd.ZERO : usage.reportedCost())
          .thenComparing(Usage::model)
          .thenComparing(Usage::terms)
          .thenComparing(usage -> usage.stopReason() == null ? "" : usage.stopReason())
          .thenComparing(Usage::rounds, Copies::byRounds);

  /// The copy that is neither a fork's nor a sidechain's, then the earliest; the rest only makes
  /// the order total.
  static final Comparator<Attribution> BY_ORIGINALITY =
      Comparator.comparing(Attribution::forked)
          .thenComparing(Attribution::sidechain)
          .thenComparing(Attribution::at)
          .thenComparing(Attribution::session)
          .thenComparing(Attribution::project)
          .thenComparing(Attribution::agent)
          .thenComparing(Attribution::branch)
          .thenComparing(Attribution::origin);

  private Copies() {}

  /// The event that both are copies of. A progress line counts only where nothing else tells of the
  /// response.
  public static UsageEvent join(UsageEvent a, UsageEvent b) {
    if (a.progress() != b.progress()) {
      return a.progress() ? b : a;
    }
    UsageEvent heavier = heavier(a, b);
    return new UsageEvent(
        a.key(),
        join(a.completion(), b.completion()),
        heavier.usage(),
        join(a.attribution(), b.attribution()),
        a.progress(),
        heavier.origin(),
        join(a.tools(), b.tools()));
  }

  /// Some relays end a stream with a line that has a stop reason and no counts.
  private static boolean saysSomething(Usage usage) {
    return usage.tokens().input() > 0 || usage.tokens().output() > 0;
  }

  private static int byRounds(List<TokenCounts> a, List<TokenCounts> b) {
    return a.equals(b)
        ? 0
        : Comparator.comparingInt((List<TokenCounts> rounds) -> rounds.size())
            .thenComparing(List::toString)
            .compare(a, b);
  }

  /// As [#BY_WEIGHT], which is a chain: what mostly decides is compared before.
  static int byWeight(Usage a, Usage b) {
    int more = Long.compare(a.tokens().output(), b.tokens().output());
    if (more == 0) {
      return a.equals(b) ? 0 : BY_WEIGHT.compare(a, b);
    }
    boolean alike =
        saysSomething(a) == saysSomething(b)
            && a.finalised() == b.finalised()
            && a.written() == b.written();
    return alike ? more : BY_WEIGHT.compare(a, b);
  }

  private static UsageEvent heavier(UsageEvent a, UsageEvent b) {
    int order = byWeight(a.usage(), b.usage());
    if (order == 0) {
      return a.origin().compareTo(b.origin()) <= 0 ? a : b;
    }
    return order > 0 ? a : b;
  }

  private static Completion join(Completion a, Completion b) {
    if (a.output() != b.output()) {
      return a.output() > b.output() ? a : b;
    }
    return a.at().compareTo(b.at()) <= 0 ? a : b;
  }

  private static Attribution join(Attribution a, Attribution b) {
    return byOriginality(a, b) <= 0 ? a : b;
  }

  /// As [#BY_ORIGINALITY], which is a chain: what mostly decides is compared before.
  static int byOriginality(Attribution a, Attribution b) {
    if (a.forked() == b.forked() && a.sidechain() == b.sidechain()) {
      int earlier = a.at().compareTo(b.at());
      if (earlier != 0) {
        return earlier;
      }
    }
    return BY_ORIGINALITY.compare(a, b);
  }

  private static List<ToolUse> join(List<ToolUse> a, List<ToolUse> b) {
    if (b.isEmpty() || a.equals(b)) {
      return a;
    }
    if (a.isEmpty()) {
      return b;
    }
    var all = new TreeSet<>(a);
    all.addAll(b);
    return List.copyOf(all);
  }
}

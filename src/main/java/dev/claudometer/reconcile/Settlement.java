package dev.claudometer.reconcile;

import dev.claudometer.model.TokenCounts;
import dev.claudometer.usage.Totals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Splits the difference of one day and model. Both sides are brought to the same ground: tokens at
/// list prices without any terms. Between what was counted and that, it is a matter of who used
/// what; between that and the bill, of prices.
///
/// @param told by the usage report; null where it is not known
/// @param people whether the Claude Code report is known, which says who uses Claude Code
/// @param subscribed what that report estimates that subscriptions used, in nano-dollars
record Settlement(
    Usages prices,
    Holders holders,
    Counted counted,
    BilledLines billed,
    @Nullable List<ToldUse> told,
    boolean people,
    long subscribed) {

  private static final long NANOS_PER_SEARCH = 10_000_000;

  Tally tally() {
    var tally = new Tally();
    Totals all = counted.all();
    long counts = all.reportedElseCalculated().nanos();
    tally.add(DifferenceCause.BOOKED_BY_CLIENT, all.calculated().nanos() - counts, prices.model());
    takePlans(tally);
    takeServices(tally);
    long list = list(counted.api());
    if (isUnpriced()) {
      tally.add(DifferenceCause.UNPRICED, billed.tokens() - list, prices.model());
    } else if (told != null) {
      takeTokens(tally, told, list);
    }
    tally.add(DifferenceCause.CREDITS, billed.credits(), prices.model());
    tally.add(DifferenceCause.UNKNOWN, billed.all() - counts - tally.sum(), name());
    return tally;
  }

  /// The tokens of the usage report at list prices; null where that cannot be known.
  @Nullable Long toldList() {
    return told == null ? null : sum(told, ToldUse::list);
  }

  private String name() {
    return prices.model().isEmpty() ? "(no model)" : prices.model();
  }

  private void takePlans(Tally tally) {
    long plan = counted.plan().calculated().nanos();
    tally.addPlans(-plan, counted.machines());
  }

  private void takeServices(Tally tally) {
    long searched = NANOS_PER_SEARCH * counted.api().webSearches();
    tally.add(DifferenceCause.WEB_SEARCHES, billed.searches() - searched, "");
    tally.add(DifferenceCause.CODE_EXECUTION, billed.execution(), "");
    tally.add(DifferenceCause.SESSION_USAGE, billed.sessions(), "");
  }

  /// Tokens alone.
  private static long list(Totals totals) {
    return totals.calculated().nanos() - NANOS_PER_SEARCH * totals.webSearches();
  }

  private boolean isUnpriced() {
    return counted.api().unpriced() > 0
        || (!prices.model().isEmpty() && prices.book().row(prices.model()).isEmpty());
  }

  private void takeTokens(Tally tally, List<ToldUse> uses, long list) {
    boolean same = tokens(uses).equals(counted.api().tokens());
    Long told = sum(uses, ToldUse::standard);
    if (told == null && !same) {
      return;
    }
    long regional = premium(counted.usual());
    long fast = premium(counted.fast());
    if (!same && told != null) {
      takeUse(tally, uses, told, list - regional - fast);
    }
    takePrices(tally, uses, regional, fast);
  }

  /// What terms make tokens cost more than the list says. Requests that were refused cost less, for
  /// they are not billed: that is no premium.
  private long premium(Totals totals) {
    Long standard = prices.standard(totals.tokens());
    return standard == null ? 0 : Math.max(0, list(totals) - standard);
  }

  private static TokenCounts tokens(List<ToldUse> uses) {
    return uses.stream().map(ToldUse::tokens).reduce(TokenCounts.ZERO, TokenCounts::plus);
  }

  /// Who used what.
  ///
  /// @param ours what was counted, without terms
  private void takeUse(Tally tally, List<ToldUse> uses, long told, long ours) {
    long code = told;
    for (ToldUse use : people ? uses : List.<ToldUse>of()) {
      Long amount = holders.usesClaudeCode(use.group()) ? null : use.standard();
      if (amount != null) {
        tally.add(DifferenceCause.WITHOUT_AGENT, amount, holders.holder(use.group()));
        code -= amount;
      }
    }
    if (code > ours && people) {
      tally.add(DifferenceCause.NOT_COUNTED, code - ours, prices.model());
    } else if (code < ours) {
      long plan = Math.min(subscribed, ours - code);
      tally.add(DifferenceCause.PLAN_USAGE, -plan, "subscriptions");
      tally.add(DifferenceCause.UNKNOWN, code - ours + plan, prices.model());
    } else {
      tally.add(DifferenceCause.UNKNOWN, code - ours, prices.model());
    }
  }

  /// What the same tokens cost beside the list.
  ///
  /// @param regional what transcripts tell of it
  /// @param fast what fast mode cost more: no report tells of that mode
  private void takePrices(Tally tally, List<ToldUse> uses, long regional, long fast) {
    Long standard = sum(uses, ToldUse::standard);
    Long tiered = sum(uses, ToldUse::tiered);
    Long list = sum(uses, ToldUse::list);
    if (standard == null || tiered == null || list == null) {
      return;
    }
    tally.add(DifferenceCause.BATCH, tiered - standard, prices.model());
    tally.add(DifferenceCause.REGION, list - tiered - regional, prices.model());
    List<ToldUse> unbilled = uses.stream().filter(ToldUse::unbilled).toList();
    Long elsewhere = sum(unbilled, ToldUse::list);
    tally.add(DifferenceCause.PRIORITY_TIER, elsewhere == null ? 0 : -elsewhere, prices.model());
    takeContract(tally, uses.stream().filter(use -> !use.unbilled()).toList(), fast);
  }

  private void takeContract(Tally tally, List<ToldUse> uses, long fast) {
    Long contract = sum(uses, ToldUse::contract);
    Long list = sum(uses, ToldUse::list);
    if (prices.book().contract() != null && contract != null && list != null && fast == 0) {
      tally.add(DifferenceCause.CONTRACT, contract - list, prices.model());
    }
  }

  /// An amount of some use; null where it cannot be known.
  private interface Amount {
    @Nullable Long of(ToldUse use);
  }

  private static @Nullable Long sum(List<ToldUse> uses, Amount amount) {
    long sum = 0;
    for (ToldUse use : uses) {
      Long one = amount.of(use);
      if (one == null) {
        return null;
      }
      sum = Math.addExact(sum, one);
    }
    return sum;
  }
}

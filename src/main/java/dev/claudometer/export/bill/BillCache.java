package dev.claudometer.export.bill;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.report.bill.BillNames;
import dev.claudometer.store.bill.BilledTotals;
import dev.claudometer.store.bill.Billing;
import dev.claudometer.store.poll.Poll;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An organisation's totals and names, read when a poll has come further or another day has begun;
/// of the totals only those that have changed. Used by one scrape at a time.
final class BillCache {

  private static final String SOURCE = "adminapi/";
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(15);

  /// What is asked for, as polls call it.
  static final List<String> POLLS =
      List.of("messages", "cost", "claude-code", "requests", "key-cost", "names").stream()
          .map(word -> SOURCE + word)
          .toList();

  private final Billing billing;
  private final Map<BilledReport, Map<BilledGroup, BilledAmounts>> totals =
      new EnumMap<>(BilledReport.class);
  private BillNames names = new BillNames(List.of());
  private List<Poll> polls = List.of();
  private LocalDate today = LocalDate.EPOCH;
  private long revision = -1;
  private int version;

  BillCache(Billing billing) {
    this.billing = billing;
  }

  void refresh(Instant now) {
    List<Poll> come = POLLS.stream().map(billing::poll).toList();
    LocalDate day = now.atZone(UTC).toLocalDate();
    if (!come.equals(polls) || !day.equals(today)) {
      BilledTotals changes = billing.totals(revision);
      for (BilledTotals.Total total : changes.totals()) {
        totals
            .computeIfAbsent(total.report(), _ -> new LinkedHashMap<>())
            .put(total.group(), total.amounts());
      }
      names = new BillNames(billing.entries());
      revision = changes.revision();
      polls = come;
      today = day;
      version++;
    }
  }

  Billing billing() {
    return billing;
  }

  /// Another number when something may have changed.
  int version() {
    return version;
  }

  LocalDate today() {
    return today;
  }

  List<Poll> polls() {
    return polls;
  }

  BillNames names() {
    return names;
  }

  Map<BilledGroup, BilledAmounts> totals(BilledReport report) {
    return totals.getOrDefault(report, Map.of());
  }

  /// Whether all history that was asked for is there: until then a total is not one.
  boolean whole(BilledReport report) {
    return polls.stream()
        .anyMatch(poll -> poll.source().equals(source(report)) && poll.done() != null);
  }

  /// Whether what a report says of today is still so: it is told at each round, or failed a moment
  /// ago only.
  boolean fresh(BilledReport report, Instant now) {
    return polls.stream()
        .filter(poll -> poll.source().equals(source(report)))
        .anyMatch(poll -> poll.up() || recent(poll.done(), now));
  }

  private static boolean recent(@Nullable Instant done, Instant now) {
    return done != null && done.plus(LONGEST_SILENCE).isAfter(now);
  }

  private static String source(BilledReport report) {
    return SOURCE
        + switch (report) {
          case MESSAGES -> "messages";
          case COST -> "cost";
          case CLAUDE_CODE, CLAUDE_CODE_TOOLS, CLAUDE_CODE_MODELS -> "claude-code";
          case REQUESTS -> "requests";
          case KEY_COST -> "key-cost";
        };
  }

  /// What a poll is called in labels.
  static String word(Poll poll) {
    return poll.source().substring(SOURCE.length());
  }
}

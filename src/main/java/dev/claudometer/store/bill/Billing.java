package dev.claudometer.store.bill;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.OrganizationEntry;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.poll.Polls;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where it rests what Anthropic says was used and billed. Any thread may use it.
///
/// Every method throws [StoreException] where the store cannot be used.
public interface Billing extends BilledDays, Polls, BillCounters, MonthSeals, MemberLimits {

  /// Stores buckets, each in the place of what was known of it, and how far the asking has come, in
  /// one transaction.
  Placed put(List<BilledBucket> buckets, Poll poll);

  /// What became of buckets: `added + revised + unchanged + outdated` is their number.
  ///
  /// @param revised had ended when they were told last, and have changed since
  /// @param grown were still open when they were told last, and have changed since
  /// @param outdated a later word on them is stored already
  record Placed(int added, int revised, int grown, int unchanged, int outdated) {

    public static final Placed NOTHING = new Placed(0, 0, 0, 0, 0);

    public Placed plus(Placed other) {
      return new Placed(
          added + other.added,
          revised + other.revised,
          grown + other.grown,
          unchanged + other.unchanged,
          outdated + other.outdated);
    }
  }

  /// Sums of the buckets that begin within a range, by step of time and group.
  ///
  /// @param step steps begin at multiples of it since the epoch (UTC)
  /// @param by dimensions that the report is not grouped by are not in the answer
  List<BilledSum> sums(
      BilledReport report, TimeRange range, Duration step, Set<BilledDimension> by);

  /// Sums of the buckets that begin within a range, by group.
  ///
  /// @param by as above
  Map<BilledGroup, BilledAmounts> sums(
      BilledReport report, TimeRange range, Set<BilledDimension> by);

  /// From the first bucket that is known to the end of the last; null where there is none. A time
  /// outside of it is unknown, not unused.
  @Nullable TimeRange known(BilledReport report);

  /// Buckets whose content was changed after they had ended, by when they begin.
  List<Instant> revised(BilledReport report, TimeRange range);

  /// Stores names; those that are not among them stay.
  void name(List<OrganizationEntry> entries, Poll poll);

  List<OrganizationEntry> entries();
}

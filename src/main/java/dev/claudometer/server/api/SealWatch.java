package dev.claudometer.server.api;

import dev.claudometer.store.bill.MonthSeals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether the seals of closed months are as they were made. They are looked at once a minute at
/// most, however many ask; what is first found broken is in the log.
final class SealWatch {

  private static final System.Logger LOG = System.getLogger("claudometer.store");
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final MonthSeals seals;
  private volatile @Nullable Look last;

  /// What was seen last.
  private record Look(Instant at, List<String> broken) {}

  SealWatch(MonthSeals seals) {
    this.seals = seals;
  }

  /// A sentence for each that was changed or is missing; none where nothing was.
  List<String> broken(Instant now) {
    Look look = last;
    if (look == null || look.at().isAfter(now) || !look.at().plus(FRESH).isAfter(now)) {
      List<String> broken = List.copyOf(seals.brokenSeals());
      if (!broken.isEmpty() && (look == null || !look.broken().equals(broken))) {
        LOG.log(System.Logger.Level.WARNING, "closed months: " + String.join("; ", broken));
      }
      look = new Look(now, broken);
      last = look;
    }
    return look.broken();
  }
}

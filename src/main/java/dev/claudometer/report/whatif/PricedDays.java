package dev.claudometer.report.whatif;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.PricedUses.Stored;
import dev.claudometer.store.Where;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Days that were priced again, as long as nothing in them changes: of a year only what has come
/// since is priced when it is asked for once more.
///
/// Any thread may use it.
final class PricedDays {

  /// Five years, of some kilobytes a day.
  private static final int MOST = 2_000;

  /// What a day was priced for.
  ///
  /// @param store tells it from itself before it was put back
  record Asked(String store, Rule rule, Where where, PriceBook book) {}

  private record Key(Asked asked, Instant day) {}

  private record Known(Stored stored, Replay replay) {}

  /// The day that was asked for longest ago comes first.
  private final Map<Key, Known> days = new LinkedHashMap<>(16, 0.75f, true);

  /// What a day came to.
  ///
  /// @param stored of the day, before `price` looks at it: what changes meanwhile is priced again
  Replay of(Asked asked, Instant day, Stored stored, Supplier<Replay> price) {
    var key = new Key(asked, day);
    Known known = find(key);
    if (known != null && known.stored.equals(stored)) {
      return known.replay;
    }
    Replay replay = price.get();
    keep(key, new Known(stored, replay));
    return replay;
  }

  private synchronized @Nullable Known find(Key key) {
    return days.get(key);
  }

  private synchronized void keep(Key key, Known known) {
    days.put(key, known);
    if (days.size() > MOST) {
      days.remove(days.keySet().iterator().next());
    }
  }
}

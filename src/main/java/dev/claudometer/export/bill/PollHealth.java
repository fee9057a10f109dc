package dev.claudometer.export.bill;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Organization;
import dev.claudometer.metric.OrganizationPeer;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.store.poll.Poll;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How the asking for an organisation's bill goes. Nothing is told of what was never asked for, or
/// what this organisation is not offered.
final class PollHealth implements Collector {

  private final BillCache cache;
  private final Supplier<@Nullable Duration> lastRound;

  PollHealth(BillCache cache, Supplier<@Nullable Duration> lastRound) {
    this.cache = cache;
    this.lastRound = lastRound;
  }

  @Override
  public String source() {
    return "bill_polls";
  }

  @Override
  public void collect(Gathering into, Instant now) {
    List<Poll> asked =
        cache.polls().stream()
            .filter(poll -> poll.done() != null || poll.failed() != null)
            .filter(poll -> !poll.notOffered())
            .toList();
    for (Poll poll : asked) {
      String report = BillCache.word(poll);
      into.add(OrganizationPeer.ITEM_SUCCESS, up(poll.up()), report);
      into.add(Organization.POLL_UP, up(poll.up()), report);
      Instant done = poll.done();
      if (done != null) {
        long age = Math.max(0, Duration.between(done, now).toMillis());
        into.add(Organization.POLL_AGE_SECONDS, new Exact(age, 3), report);
      }
    }
    if (!asked.isEmpty()) {
      into.add(OrganizationPeer.LOOP_SUCCESS, up(asked.stream().allMatch(Poll::up)));
    }
    Duration round = lastRound.get();
    if (round != null) {
      into.add(OrganizationPeer.LOOP_DURATION_SECONDS, new Exact(round.toMillis(), 3));
    }
  }

  private static Exact up(boolean up) {
    return Exact.of(up ? 1 : 0);
  }
}

package dev.claudometer.export.quota;

import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.metric.Quota;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.poll.Polls;
import java.time.Instant;
import java.util.List;

/// Whether the sources of quotas answer.
///
/// @param names of the sources that this process asks
public record Polled(Polls polls, List<String> names) implements Collector {

  public Polled {
    names = List.copyOf(names);
  }

  @Override
  public String source() {
    return "polls";
  }

  /// One that has not been asked yet is neither up nor down.
  @Override
  public void collect(Gathering into, Instant now) {
    for (String name : names) {
      Poll poll = polls.poll(name);
      if (poll.done() != null || !poll.up()) {
        into.add(Quota.POLL_UP, Exact.of(poll.up() ? 1 : 0), name);
      }
    }
  }
}

package dev.claudometer.server.api.devices;

import dev.claudometer.ingest.Admission;
import dev.claudometer.ingest.Committer;
import dev.claudometer.ingest.Intake;
import dev.claudometer.ingest.Overloaded;
import dev.claudometer.model.Claim;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.FileRead;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Lets few deliveries in at the same time, and few of them of one machine, so that memory stays
/// bounded, other requests find a thread, and other machines a place.
public final class Intakes {

  private static final int AT_ONCE = 24;
  private static final int OF_A_MACHINE = 8;

  private static final System.Logger LOG = System.getLogger("claudometer.ingest");

  private final Committer committer;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final Map<DeviceId, Integer> machines = new ConcurrentHashMap<>();

  /// Reading is work for a processor: more at once are not faster, but need more memory.
  private final Semaphore readers =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);

  private final LongAdder joined = new LongAdder();
  private final LongAdder added = new LongAdder();
  private final LongAdder replaced = new LongAdder();
  private final LongAdder unchanged = new LongAdder();
  private final LongAdder rejected = new LongAdder();

  public Intakes(Committer committer) {
    this.committer = committer;
  }

  /// Runs work that takes a delivery of a machine.
  ///
  /// @throws Overloaded where no place is free
  <T> T within(DeviceId machine, Callable<T> work) throws Exception {
    if (machines.merge(machine, 1, Integer::sum) > OF_A_MACHINE) {
      leave(machine);
      throw new Overloaded();
    }
    try {
      if (!places.tryAcquire()) {
        throw new Overloaded();
      }
      try {
        return work.call();
      } finally {
        places.release();
      }
    } finally {
      leave(machine);
    }
  }

  private void leave(DeviceId machine) {
    machines.computeIfPresent(machine, (_, count) -> count == 1 ? null : count - 1);
  }

  /// Runs work that reads a delivery's body, which has arrived.
  <T> T read(Callable<T> work) throws Exception {
    readers.acquire();
    try {
      return work.call();
    } finally {
      readers.release();
    }
  }

  /// Stores, and returns when it is durable.
  Admission store(DeviceId device, Intake intake, List<FileRead> files, @Nullable Claim claim)
      throws InterruptedException {
    Admission admission = committer.store(device, intake, files, claim);
    joined.add(admission.joined());
    added.add(admission.stored().added());
    replaced.add(admission.stored().replaced());
    unchanged.add(admission.stored().unchanged());
    rejected.add(admission.rejections().size());
    logGivenWay(device, admission.stored().givenWay());
    return admission;
  }

  private static void logGivenWay(DeviceId device, long responses) {
    if (responses > 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} responses that claude-usage-daemon sent do not count: device {1} has told of their"
              + " sessions'' transcripts, or sent them again beside those",
          responses,
          device);
    }
  }

  /// Delivered events since the start, by what became of them.
  public Map<String, Long> outcomes() {
    return Map.of(
        "joined", joined.sum(),
        "added", added.sum(),
        "replaced", replaced.sum(),
        "unchanged", unchanged.sum(),
        "rejected", rejected.sum());
  }

  public long waiting() {
    return committer.waiting();
  }

  public Duration longestWait() {
    return committer.longestWait();
  }
}

package dev.claudometer.ingest;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.FileRead;
import dev.claudometer.store.Appender;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Receipt;
import java.util.ArrayList;
import java.util.List;

/// Stores what was collected, batch by batch, each in one transaction with the cursors of its
/// files.
///
/// received = joined + added + replaced + unchanged + rejected, always.
public final class Gate {

  /// Small enough that they are gone again while they are young: else garbage fills the heap.
  private static final int EVENTS_PER_BATCH = 6_000;

  private final Appender store;
  private final DeviceId device;
  private final List<FileRead> readings = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private Intake collected = new Intake();
  private Receipt receipt = Receipt.EMPTY;
  private long received;
  private long joined;

  /// @param device whose files are read, empty for the machine that the store is on
  public Gate(Appender store, DeviceId device) {
    this.store = store;
    this.device = device;
  }

  /// Takes what stretches of files brought; their cursors are stored with their observations.
  public void accept(Intake stretches, List<FileRead> read) {
    readings.addAll(read);
    accept(stretches);
  }

  /// Takes observations that no file stands behind.
  public void accept(Intake stretch) {
    collected.merge(stretch);
    if (collected.size() >= EVENTS_PER_BATCH) {
      flush();
    }
  }

  /// Stores what has been collected.
  public void flush() {
    if (readings.isEmpty()
        && collected.received() == 0
        && collected.calls().isEmpty()
        && collected.activities().isEmpty()) {
      return;
    }
    receipt =
        receipt.plus(
            store.append(
                new Batch(
                    device,
                    collected.events(),
                    collected.activities(),
                    collected.sessionTotals(),
                    collected.limits(),
                    collected.calls(),
                    readings,
                    null)));
    received += collected.received();
    joined += collected.joined();
    rejections.addAll(collected.rejections());
    collected = new Intake();
    readings.clear();
  }

  /// What became of everything stored so far.
  public Admission admission() {
    return new Admission(received, joined, receipt, rejections);
  }
}

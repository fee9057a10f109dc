package dev.claudometer.store.sql;

import dev.claudometer.store.Receipt;
import java.util.List;
import java.util.stream.IntStream;

/// What becomes of the events of several batches, counted for each.
final class Outcomes {

  private final long[] added;
  private final long[] replaced;
  private final long[] unchanged;
  private final long[] givenWay;

  Outcomes(int batches) {
    added = new long[batches];
    replaced = new long[batches];
    unchanged = new long[batches];
    givenWay = new long[batches];
  }

  /// What becomes of one event.
  enum Outcome {
    ADDED,
    REPLACED,
    UNCHANGED
  }

  void count(int batch, Outcome outcome) {
    switch (outcome) {
      case ADDED -> added[batch]++;
      case REPLACED -> replaced[batch]++;
      case UNCHANGED -> unchanged[batch]++;
    }
  }

  /// One that was added does not count.
  void gaveWay(int batch) {
    givenWay[batch]++;
  }

  List<Receipt> receipts() {
    return IntStream.range(0, added.length).mapToObj(this::receipt).toList();
  }

  private Receipt receipt(int batch) {
    return new Receipt(added[batch], replaced[batch], unchanged[batch], givenWay[batch]);
  }
}

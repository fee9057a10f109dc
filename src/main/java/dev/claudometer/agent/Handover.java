package dev.claudometer.agent;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/// What several threads hand to one that is often busy for long: they work on meanwhile, until so
/// much waits that a batch can be made of it.
final class Handover<T> {

  private final int room;
  private final Semaphore free;
  private final BlockingQueue<Weighed<T>> waiting = new LinkedBlockingQueue<>();

  private record Weighed<T>(T what, int weight) {}

  /// @param room as much may wait
  Handover(int room) {
    this.room = room;
    free = new Semaphore(room, true);
  }

  /// Waits for room; what is heavier than all of it waits until it is empty.
  void put(T what, int weight) throws InterruptedException {
    int counted = Math.min(weight, room);
    free.acquire(counted);
    waiting.add(new Weighed<>(what, counted));
  }

  T take() throws InterruptedException {
    Weighed<T> next = waiting.take();
    free.release(next.weight());
    return next.what();
  }
}

package dev.claudometer.server.http;

import dev.claudometer.ingest.Overloaded;
import java.util.HashMap;
import java.util.Map;

/// The bytes of bodies that are held at the same time: bounded for all, and for each caller, so
/// that neither many nor one can fill the heap.
public final class BodyMemory {

  private static final long MIB = 1 << 20;

  private final long most;
  private final long mostOfACaller;
  private final Map<String, Long> held = new HashMap<>();
  private long heldByAll;

  BodyMemory(long most, long mostOfACaller) {
    this.most = most;
    this.mostOfACaller = mostOfACaller;
  }

  /// A quarter of the heap: what is made of the bytes needs about as much again. Of one caller, the
  /// largest body that there is.
  public static BodyMemory ofThisProcess() {
    return new BodyMemory(Math.max(Runtime.getRuntime().maxMemory() / 4, 36 * MIB), 34 * MIB);
  }

  /// What one body holds; it is given back when the body has been answered.
  public final class Share implements AutoCloseable {

    private final String caller;
    private long bytes;

    private Share(String caller) {
      this.caller = caller;
    }

    /// Holds so many bytes more.
    ///
    /// @throws Overloaded where there is no room: the caller may come again
    void take(long more) {
      hold(caller, more);
      bytes += more;
    }

    /// How many bytes are held.
    long bytes() {
      return bytes;
    }

    @Override
    public void close() {
      release(caller, bytes);
      bytes = 0;
    }
  }

  /// What one body will take.
  ///
  /// @param caller who is to answer for it; all strangers are one
  public Share share(String caller) {
    return new Share(caller);
  }

  private synchronized void hold(String caller, long bytes) {
    long own = held.getOrDefault(caller, 0L);
    if (heldByAll + bytes > most || own + bytes > mostOfACaller) {
      throw new Overloaded();
    }
    heldByAll += bytes;
    held.put(caller, own + bytes);
  }

  private synchronized void release(String caller, long bytes) {
    heldByAll -= bytes;
    held.computeIfPresent(caller, (_, own) -> own == bytes ? null : own - bytes);
  }
}

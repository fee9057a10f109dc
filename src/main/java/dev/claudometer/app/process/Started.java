package dev.claudometer.app.process;

import dev.claudometer.model.Cause;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What was started, in its order.
public final class Started implements AutoCloseable {

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final Consumer<String> complain;

  /// @param complain is told why a part did not end well
  public Started(Consumer<String> complain) {
    this.complain = complain;
  }

  /// Starts something that keeps its parts here; where that fails, what has been started is ended.
  public void start(Runnable start) {
    boolean done = false;
    try {
      start.run();
      done = true;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  /// Remembers a part, if there is one.
  public <T extends @Nullable AutoCloseable> T keep(T part) {
    if (part != null) {
      started.push(part);
    }
    return part;
  }

  /// Ends all of them, the last first, also after one that fails.
  @Override
  public void close() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception failure) {
        complain.accept("while ending: " + Cause.of(failure));
      }
    }
  }
}

package dev.claudometer.app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What a process that goes on remembers from one command to the next: one value of a kind. Each
/// says itself of which state of the store it is, and whoever takes it looks whether it is still
/// right.
public final class Memory {

  private final Map<Class<?>, Object> lasting = new ConcurrentHashMap<>();
  private final Map<Class<?>, Object> passing = new ConcurrentHashMap<>();

  public <T> @Nullable T of(Class<T> kind) {
    Object known = lasting.containsKey(kind) ? lasting.get(kind) : passing.get(kind);
    return kind.cast(known);
  }

  /// Remembers something small.
  public void keep(Object value) {
    lasting.put(value.getClass(), value);
  }

  /// Remembers something large, until nobody asks for a while.
  public void keepForAWhile(Object value) {
    passing.put(value.getClass(), value);
  }

  /// Gives the memory back that something large takes.
  public void rest() {
    passing.clear();
  }
}

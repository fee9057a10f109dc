package dev.claudometer.report;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What has been answered while one page is made. Its parts ask the same: they are told the same,
/// and the store is asked once.
public final class AskedOnce {

  private static final ScopedValue<Map<Object, Object>> ANSWERS = ScopedValue.newInstance();

  private AskedOnce() {}

  /// Runs work within which the same question has one answer. It must not change what it asks
  /// about.
  ///
  /// @throws X what the work throws
  public static <T extends @Nullable Object, X extends Throwable> T during(
      ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(ANSWERS, new HashMap<>()).call(work);
  }

  /// The answer to a question: what it was before, within such work.
  ///
  /// @param question a value whose type says what the answer is
  @SuppressWarnings("unchecked")
  static <T> T answer(Object question, Supplier<T> ask) {
    if (!ANSWERS.isBound()) {
      return ask.get();
    }
    Object known = ANSWERS.get().get(question);
    if (known != null) {
      return (T) known;
    }
    T answer = ask.get();
    ANSWERS.get().put(question, answer);
    return answer;
  }
}

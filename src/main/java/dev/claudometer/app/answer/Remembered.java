package dev.claudometer.app.answer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The last answers that follow from the store and the prices alone, each with the version of both:
/// at the same version the answer is the same.
final class Remembered {

  private static final int MOST_ANSWERS = 16;
  private static final int MOST_BYTES = 256 << 10;

  private final Map<Asked, Known> entries =
      new LinkedHashMap<>(MOST_ANSWERS, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Known> eldest) {
          return size() > MOST_ANSWERS;
        }
      };

  private static final class Known {
    private final String version;
    private final byte[] answer;

    Known(String version, byte[] answer) {
      this.version = version;
      this.answer = answer;
    }
  }

  /// Whether it may be worth asking for the version.
  synchronized boolean knows(Asked asked) {
    return entries.containsKey(asked);
  }

  /// What was answered at that version; null where it is another one.
  synchronized byte @Nullable [] answer(Asked asked, @Nullable String version) {
    Known entry = entries.get(asked);
    return entry != null && entry.version.equals(version) ? entry.answer.clone() : null;
  }

  synchronized void remember(Asked asked, String version, byte[] answer) {
    if (answer.length <= MOST_BYTES) {
      entries.put(asked, new Known(version, answer.clone()));
    }
  }

  synchronized void forget() {
    entries.clear();
  }
}

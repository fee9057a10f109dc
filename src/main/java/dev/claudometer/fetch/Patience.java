package dev.claudometer.fetch;

import dev.claudometer.fetch.Answer.Failed;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Asks again where that may help: each time later, and not all at the same moment.
public final class Patience {

  /// A longer wait is left to the next round.
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final int attempts;
  private final Pause pause;
  private final RandomGenerator dice;

  public Patience(int attempts, Pause pause, RandomGenerator dice) {
    this.attempts = attempts;
    this.pause = pause;
    this.dice = dice;
  }

  /// Lets time pass.
  public interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  /// A question to a service.
  public interface Asking<T> {
    Answer<T> ask() throws InterruptedException;
  }

  /// The first answer, or the last failure.
  public <T> Answer<T> ask(Asking<T> asking) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Answer<T> answer = asking.ask();
      if (!(answer instanceof Failed<T> failed) || !failed.reason().passes()) {
        return answer;
      }
      Duration wait = wait(failed, attempt);
      if (attempt >= attempts || wait.compareTo(LONGEST) > 0) {
        return answer;
      }
      pause.of(wait);
    }
  }

  /// What the service asks for, or 1, 2, 4, … seconds; and up to half of it more.
  private Duration wait(Failed<?> failed, int attempt) {
    Duration asked = failed.after();
    Duration least = asked == null ? SHORTEST.multipliedBy(1L << Math.min(attempt - 1, 6)) : asked;
    Duration base = least.compareTo(SHORTEST) < 0 ? SHORTEST : least;
    long jitter = asked == null ? base.toMillis() / 2 : SHORTEST.toMillis();
    return base.plusMillis(dice.nextLong(jitter + 1));
  }
}

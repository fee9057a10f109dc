package dev.claudometer.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.ingest.Overloaded;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// How many bytes of bodies are held at a time.
class BodyMemoryTest {

  private final BodyMemory memory = new BodyMemory(100, 60);

  @Test
  void oneCallerHoldsNoMoreThanItsShareHoweverManyBodiesItHas() {
    BodyMemory.Share first = memory.share("laptop");
    first.take(40);
    BodyMemory.Share second = memory.share("laptop");
    assertThatThrownBy(() -> second.take(21)).isInstanceOf(Overloaded.class);
    second.take(20);
    assertThat(first.bytes() + second.bytes()).isEqualTo(60);
  }

  @Test
  void allTogetherHoldNoMoreThanThereIs() {
    memory.share("laptop").take(60);
    assertThatThrownBy(() -> memory.share("desk").take(41)).isInstanceOf(Overloaded.class);
    memory.share("desk").take(40);
    assertThatThrownBy(() -> memory.share("tablet").take(1)).isInstanceOf(Overloaded.class);
  }

  @Test
  void whatWasAnsweredIsGivenBackOnce() {
    BodyMemory.Share share = memory.share("laptop");
    share.take(60);
    share.close();
    share.close();
    memory.share("laptop").take(60);
    assertThatThrownBy(() -> memory.share("laptop").take(1)).isInstanceOf(Overloaded.class);
  }

  @Test
  void whoeverComesInAnyOrderMoreIsNeverHeld() throws Exception {
    var held = new AtomicLong();
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> callers = new ArrayList<>();
      for (int caller = 0; caller < 8; caller++) {
        var random = new Random(caller);
        callers.add(threads.submit(() -> come(random, held)));
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
    }
    assertThat(held).hasValue(0);
    memory.share("laptop").take(60);
    memory.share("desk").take(40);
  }

  private void come(Random random, AtomicLong held) {
    for (int i = 0; i < 5_000; i++) {
      try (BodyMemory.Share share = memory.share("c" + random.nextInt(4))) {
        share.take(random.nextInt(70));
        assertThat(held.addAndGet(share.bytes())).isLessThanOrEqualTo(100);
        held.addAndGet(-share.bytes());
      } catch (Overloaded comesAgain) {
        // there is no room at this moment
      }
    }
  }
}

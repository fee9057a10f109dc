package dev.claudometer.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// How many requests are worked on at a time.
class WorkersTest {

  @Test
  void ofAThousandRequests48AreWorkedOnAndTheOthersWait() throws Exception {
    var working = new AtomicInteger();
    var most = new AtomicInteger();
    var full = new CountDownLatch(48);
    var go = new CountDownLatch(1);
    try (var workers = new Workers();
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        int number = i;
        answers.add(
            callers.submit(
                () ->
                    workers.run(
                        () -> {
                          most.accumulateAndGet(working.incrementAndGet(), Math::max);
                          full.countDown();
                          go.await();
                          working.decrementAndGet();
                          return number;
                        })));
      }
      full.await();
      assertThat(working).hasValue(48);
      go.countDown();
      for (int i = 0; i < 1_000; i++) {
        assertThat(answers.get(i).get()).isEqualTo(i);
      }
    }
    assertThat(most).hasValue(48);
  }
}

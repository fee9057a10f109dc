package dev.claudometer.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HandoverTest {

  @Test
  void whatFitsDoesNotWait() throws InterruptedException {
    var handover = new Handover<String>(10);
    for (int i = 0; i < 5; i++) {
      handover.put("part " + i, 2);
    }
    for (int i = 0; i < 5; i++) {
      assertEquals("part " + i, handover.take());
    }
  }

  @Test
  void whatDoesNotFitWaitsUntilThereIsRoom() throws InterruptedException {
    var handover = new Handover<String>(10);
    handover.put("first", 10);
    var put = new CountDownLatch(1);
    Thread reader = Thread.ofPlatform().daemon().start(() -> put(handover, "second", 1, put));
    assertFalse(put.await(50, TimeUnit.MILLISECONDS));
    assertEquals("first", handover.take());
    assertTrue(put.await(10, TimeUnit.SECONDS));
    assertEquals("second", handover.take());
    assertTrue(reader.join(Duration.ofSeconds(10)));
  }

  @Test
  void whatIsHeavierThanAllRoomIsHandedOverAlone() throws InterruptedException {
    var handover = new Handover<String>(10);
    handover.put("huge", 1_000);
    assertEquals("huge", handover.take());
    handover.put("huge again", 1_000);
    assertEquals("huge again", handover.take());
  }

  private static void put(Handover<String> handover, String what, int weight, CountDownLatch done) {
    try {
      handover.put(what, weight);
      done.countDown();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}

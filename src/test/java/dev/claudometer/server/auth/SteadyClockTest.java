package dev.claudometer.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyClockTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"-P1D", "P1D", "-P400D"})
  void clockThatIsSetLocksNobodyOutForLongerAndLetsNobodyInEarlier(String jump) {
    var wall = new AtomicReference<>(NOON);
    InstantSource set = wall::get;
    var limits = new MemoryRateLimits(new SteadyClock(set));
    var limit = new Limit("test", 1, Duration.ofMinutes(1));
    assertThat(limits.take(limit, "a").allowed()).isTrue();
    wall.set(NOON.plus(Duration.parse(jump)));
    RateLimits.Verdict verdict = limits.take(limit, "a");
    assertThat(verdict.allowed()).isFalse();
    assertThat(verdict.retryAfterSeconds()).isBetween(1L, 60L);
  }

  @Test
  void delaysDoubleWithinADayAndRightPasswordsEndThem() {
    var now = new AtomicReference<>(NOON);
    var limits = new MemoryRateLimits(now::get);
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      long wait = AttemptDelay.PLACE.begin(limits, "a");
      if (wait > 0) {
        waits.add(wait);
        now.set(now.get().plusSeconds(wait));
      }
    }
    // what was counted is forgotten after a day: then five are free again
    assertThat(waits.subList(0, 10))
        .containsExactly(60L, 120L, 240L, 480L, 960L, 1_920L, 3_840L, 7_680L, 15_360L, 30_720L);
    assertThat(waits).allSatisfy(wait -> assertThat(wait).isLessThanOrEqualTo(86_400L));
    AttemptDelay.PLACE.forget(limits, "a");
    assertThat(AttemptDelay.PLACE.begin(limits, "a")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "2001:db8:1:2::7, 2001:db8:1:2:0:0:0:0/64",
    "2001:db8:1:2:ffff::1, 2001:db8:1:2:0:0:0:0/64",
    "::ffff:192.0.2.7, ::ffff:192.0.2.7",
    "nonsense, nonsense"
  })
  void callersOfOneNetworkAreCountedTogether(String address, String network) {
    assertThat(CallerNetwork.of(address)).isEqualTo(network);
  }
}

package dev.claudometer.export.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.export.prometheus.Scrapes;
import dev.claudometer.metric.ClaudeCode;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Fleet;
import dev.claudometer.metric.Own;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.metric.Value.Real;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a scrape answers, whatever its collectors do.
class ScraperTest {

  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));

  private static final List<Family> ALL =
      Stream.of(Fleet.ALL, Own.ALL, ClaudeCode.ALL).flatMap(List::stream).toList();

  private record Fake(String source, Consumer<Gathering> work) implements Collector {
    @Override
    public void collect(Gathering into, Instant now) {
      work.accept(into);
    }
  }

  @Test
  void failingCollectorLosesItsOwnFamiliesOnly() {
    var scraper =
        new Scraper(
            ALL,
            List.of(
                new Fake("broken", ScraperTest::half),
                new Fake("sound", to -> to.add(Fleet.TOTAL_COST_USD, Exact.of(3), "a"))),
            NOON,
            10);
    String text = text(scraper);
    assertThat(text)
        .contains(
            "claudometer_source_up{source=\"broken\"} 0\n",
            "claudometer_source_up{source=\"sound\"} 1\n",
            "claude_total_cost_usd{device=\"a\"} 3\n",
            "# TYPE claude_total_sessions gauge\n")
        .doesNotContain("claude_total_sessions{");
  }

  private static void half(Gathering to) {
    to.add(Fleet.TOTAL_SESSIONS, Exact.of(1), "a");
    throw new IllegalStateException("the disk is on fire");
  }

  @Test
  void seriesBeyondTheLimitAreOneAndTheFirstOnesStay() {
    var scraper =
        new Scraper(
            ALL,
            List.of(
                new Fake(
                    "many",
                    to -> {
                      for (int i = 1; i <= 5; i++) {
                        to.add(Fleet.COST_USD_TOTAL, Exact.of(i), "d" + i, "m", "p");
                        to.add(Fleet.DEVICE_LAST_SEEN_TIMESTAMP, Exact.of(i), "d" + i, "h");
                        to.add(Fleet.CACHE_HIT_RATIO, new Real(i / 10.0), "d" + i, "m");
                      }
                    })),
            NOON,
            3);
    text(scraper);
    assertThat(text(scraper))
        .contains(
            "claude_cost_usd_total{device=\"d3\",model=\"m\",project=\"p\"} 3\n",
            "claude_cost_usd_total{device=\"__other__\",model=\"__other__\",project=\"__other__\"}"
                + " 9\n",
            "claude_device_last_seen_timestamp{device=\"__other__\",hostname=\"__other__\"} 5\n",
            "claudometer_folded_series_total{family=\"claude_cost_usd_total\"} 4\n",
            "claudometer_folded_series_total{family=\"claude_cache_hit_ratio\"} 4\n")
        .doesNotContain("\"d4\"", "claude_cache_hit_ratio{device=\"__other__\"");
  }

  @Test
  void devicesOfOneNameAreOneSeries() {
    var scraper =
        new Scraper(
            ALL,
            List.of(
                new Fake(
                    "twins",
                    to -> {
                      to.add(Fleet.TOTAL_COST_USD, Exact.of(2), "a");
                      to.add(Fleet.TOTAL_COST_USD, Exact.of(3), "a");
                      to.add(Fleet.DEVICE_ONLINE, Exact.of(1), "a", "h");
                      to.add(Fleet.DEVICE_ONLINE, Exact.of(0), "a", "h");
                    })),
            NOON,
            10);
    assertThat(text(scraper))
        .contains(
            "claude_total_cost_usd{device=\"a\"} 5\n",
            "claude_device_online{device=\"a\",hostname=\"h\"} 1\n");
  }

  @Test
  void onlyWhatIsNamedIsAnswered() {
    var scrapes = new Scrapes(new Scraper(ALL, List.of(), NOON, 10)::scrape);
    assertThat(types(scrapes, "claude_total_cost_usd", "claude_tokens_per_session_bucket"))
        .containsExactly("claude_tokens_per_session", "claude_total_cost_usd");
    assertThat(types(scrapes, "nothing_of_ours")).isEmpty();
    assertThat(types(scrapes)).hasSize(ALL.size());
    for (String malformed : List.of("", "a b", "{}", "ü", "x".repeat(300), "\n")) {
      assertThatThrownBy(() -> types(scrapes, malformed))
          .isInstanceOf(Scrapes.BadName.class)
          .hasMessageContaining("name[]");
    }
  }

  private static List<String> types(Scrapes scrapes, String... names) {
    return text(scrapes, List.of(names))
        .lines()
        .filter(line -> line.startsWith("# TYPE "))
        .map(line -> line.split(" ", -1)[2])
        .toList();
  }

  @Test
  void whoAsksDuringAScrapeSharesTheNextOne() throws Exception {
    var runs = new AtomicInteger();
    var others = new CountDownLatch(1);
    var scraper =
        new Scraper(
            ALL,
            List.of(
                new Fake(
                    "slow",
                    to -> {
                      runs.incrementAndGet();
                      await(others);
                      to.add(Fleet.TOTAL_COST_USD, Exact.of(runs.get()), "a");
                    })),
            NOON,
            10);
    var scrapes = new Scrapes(scraper::scrape);
    List<Thread> askers = new ArrayList<>();
    Queue<Integer> lengths = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 100; i++) {
      askers.add(
          Thread.ofPlatform()
              .start(() -> lengths.add(scrapes.answer(null, "gzip", List.of()).length())));
    }
    while (!askers.stream().allMatch(asker -> asker.getState() == Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
    others.countDown();
    for (Thread asker : askers) {
      asker.join();
    }
    assertThat(lengths).hasSize(100).allMatch(length -> length > 0);
    assertThat(runs).hasValue(2);
  }

  @Test
  void nobodyGetsWhatWasTrueBeforeTheyAsked() {
    var value = new AtomicInteger();
    var scraper =
        new Scraper(
            ALL,
            List.of(
                new Fake("now", to -> to.add(Fleet.TOTAL_COST_USD, Exact.of(value.get()), "a"))),
            NOON,
            10);
    var scrapes = new Scrapes(scraper::scrape);
    for (int i = 1; i < 50; i++) {
      value.set(i);
      assertThat(text(scrapes, List.of()))
          .contains("claude_total_cost_usd{device=\"a\"} " + i + "\n");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static String text(Scraper scraper) {
    return text(new Scrapes(scraper::scrape), List.of());
  }

  private static String text(Scrapes scrapes, List<String> names) {
    try (var body = scrapes.answer(null, null, names).body()) {
      return new String(body.readAllBytes(), UTF_8);
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
  }
}

package dev.claudometer.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.claudometer.model.TokenCounts;
import dev.claudometer.usage.Block.BurnRate;
import dev.claudometer.usage.Block.Projection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BlocksTest {

  private static final Duration FIVE_HOURS = Duration.ofHours(5);
  private static final Instant TEN = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant LONG_AFTER = TEN.plus(Duration.ofDays(30));

  @Test
  void nothingMakesNoBlocks() {
    assertThat(new Blocks(FIVE_HOURS, TEN).finish()).isEmpty();
  }

  @Test
  void blockBeginsAtTheFullHourOfItsFirstResponseAndLastsFiveHours() {
    Block block = blocks(LONG_AFTER, TEN.plusSeconds(59 * 60 + 59)).getFirst();
    assertThat(block.start()).isEqualTo(TEN);
    assertThat(block.end()).isEqualTo(TEN.plus(FIVE_HOURS));
    assertThat(block.firstAt()).isEqualTo(TEN.plusSeconds(59 * 60 + 59));
    assertThat(block.lastAt()).isEqualTo(TEN.plusSeconds(59 * 60 + 59));
    assertThat(block.gap()).isFalse();
  }

  @Test
  void responsesWithinTheWindowShareABlock() {
    List<Block> blocks = blocks(LONG_AFTER, TEN.plusSeconds(600), TEN.plus(FIVE_HOURS));
    assertThat(blocks).hasSize(1);
    assertThat(blocks.getFirst().totals().responses()).isEqualTo(2);
  }

  @Test
  void responseAfterTheWindowBeginsANewBlockWithoutAGap() {
    Instant next = TEN.plus(FIVE_HOURS).plusMillis(1);
    List<Block> blocks = blocks(LONG_AFTER, TEN, TEN.plusSeconds(60), next);
    assertThat(blocks).extracting(Block::start).containsExactly(TEN, TEN.plus(FIVE_HOURS));
    assertThat(blocks).noneMatch(Block::gap);
    assertThat(blocks).extracting(block -> block.totals().responses()).containsExactly(2L, 1L);
  }

  @Test
  void silenceOfMoreThanFiveHoursIsAGap() {
    Instant last = TEN.plusSeconds(1800);
    Instant next = last.plus(FIVE_HOURS).plusMillis(1);
    List<Block> blocks = blocks(LONG_AFTER, last, next);
    assertThat(blocks).extracting(Block::gap).containsExactly(false, true, false);
    Block gap = blocks.get(1);
    assertThat(gap.start()).isEqualTo(last.plus(FIVE_HOURS));
    assertThat(gap.end()).isEqualTo(next);
    assertThat(gap.lastAt()).isNull();
    assertThat(gap.active()).isFalse();
    assertThat(gap.totals()).isEqualTo(Totals.ZERO);
    assertThat(gap.burnRate(CostMode.AUTO)).isNull();
  }

  @Test
  void silenceOfExactlyFiveHoursIsNoGap() {
    Instant last = TEN.plusSeconds(1800);
    List<Block> blocks = blocks(LONG_AFTER, last, last.plus(FIVE_HOURS));
    assertThat(blocks).extracting(Block::gap).containsExactly(false, false);
  }

  @Test
  void modelsStandInOrderOfFirstUse() {
    var blocks = new Blocks(FIVE_HOURS, LONG_AFTER);
    blocks.add(TEN, "z", Totals.ZERO);
    blocks.add(TEN.plusSeconds(1), "a", Totals.ZERO);
    blocks.add(TEN.plusSeconds(2), "z", Totals.ZERO);
    blocks.add(TEN.plus(Duration.ofHours(6)), "b", Totals.ZERO);
    assertThat(blocks.finish()).extracting(Block::models).contains(List.of("z", "a"), List.of("b"));
  }

  @Test
  void onlyTheBlockOfTheMomentIsActive() {
    Instant now = TEN.plus(Duration.ofHours(6));
    List<Block> blocks =
        blocks(now, TEN, TEN.plusSeconds(1800), TEN.plus(FIVE_HOURS).plusSeconds(60));
    assertThat(blocks).extracting(Block::active).containsExactly(false, true);
  }

  @Test
  void blockIsActiveUntilItsEnd() {
    Instant last = TEN.plus(Duration.ofHours(4));
    assertThat(blocks(TEN.plus(FIVE_HOURS).minusMillis(1), TEN, last).getFirst().active()).isTrue();
    assertThat(blocks(TEN.plus(FIVE_HOURS), TEN, last).getFirst().active()).isFalse();
  }

  @Test
  void burnRateIsUsagePerMinuteBetweenFirstAndLastResponse() {
    var blocks = new Blocks(FIVE_HOURS, TEN.plusSeconds(3600));
    blocks.add(TEN, "m", usage(new TokenCounts(100, 200, 0, 0, 3000), 1_000_000_000L));
    blocks.add(
        TEN.plus(Duration.ofMinutes(30)),
        "m",
        usage(new TokenCounts(50, 250, 0, 0, 2400), 2_000_000_000L));
    BurnRate rate = blocks.finish().getFirst().burnRate(CostMode.CALCULATE);
    assertThat(rate.tokensPerMinute()).isEqualTo(200, within(1e-9));
    assertThat(rate.indicatorTokensPerMinute()).isEqualTo(20, within(1e-9));
    assertThat(rate.costPerHour()).isEqualTo(6, within(1e-9));
  }

  @Test
  void singleMomentHasNoBurnRateAndNoProjection() {
    Block block = blocks(TEN.plusSeconds(60), TEN).getFirst();
    assertThat(block.active()).isTrue();
    assertThat(block.burnRate(CostMode.AUTO)).isNull();
    assertThat(block.projection(CostMode.AUTO, TEN.plusSeconds(60))).isNull();
  }

  @Test
  void projectionExtendsThePresentRateToTheBlocksEnd() {
    Instant now = TEN.plus(Duration.ofHours(1));
    var blocks = new Blocks(FIVE_HOURS, now);
    blocks.add(TEN, "m", usage(new TokenCounts(0, 3000, 0, 0, 0), 1_000_000_000L));
    blocks.add(now, "m", usage(new TokenCounts(0, 3000, 0, 0, 0), 1_000_000_000L));
    Block block = blocks.finish().getFirst();
    assertThat(block.projection(CostMode.CALCULATE, now))
        .isEqualTo(new Projection(6000 + 100 * 240, 10.0, 240));
  }

  @Test
  void finishedBlockHasNoProjection() {
    Block block = blocks(LONG_AFTER, TEN, TEN.plusSeconds(600)).getFirst();
    assertThat(block.burnRate(CostMode.AUTO)).isNotNull();
    assertThat(block.projection(CostMode.AUTO, LONG_AFTER)).isNull();
  }

  private static List<Block> blocks(Instant now, Instant... responses) {
    var blocks = new Blocks(FIVE_HOURS, now);
    for (Instant at : responses) {
      blocks.add(at, "claude-opus-5", usage(new TokenCounts(1, 2, 3, 4, 5), 1));
    }
    return blocks.finish();
  }

  private static Totals usage(TokenCounts tokens, long nanos) {
    return Totals.of(
        Map.of(
            Quantity.RESPONSES, 1L,
            Quantity.INPUT, tokens.input(),
            Quantity.OUTPUT, tokens.output(),
            Quantity.CACHE_WRITE_5M, tokens.cacheWrite5m(),
            Quantity.CACHE_WRITE_1H, tokens.cacheWrite1h(),
            Quantity.CACHE_READ, tokens.cacheRead(),
            Quantity.CALCULATED, nanos,
            Quantity.AUTOMATIC, nanos));
  }
}

package dev.claudometer.server.web.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlotsTest {

  private static final Figures DOLLARS = new Figures(ZoneOffset.UTC, "USD", BigDecimal.ONE, "");

  @Test
  void ticksAreRoundAndHoldTheValues() {
    assertThat(Ticks.of(0, 812).values()).containsExactly(0.0, 200.0, 400.0, 600.0, 800.0, 1000.0);
    assertThat(Ticks.of(0, 100).values()).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0, 100.0);
    assertThat(Ticks.of(-30, 100).values()).containsExactly(-50.0, 0.0, 50.0, 100.0);
    assertThat(Ticks.of(0, 1000).share(250)).isEqualTo(0.25);
  }

  @Test
  void amountsAreShortAtAnAxis() {
    var amounts = new SignedAmounts(DOLLARS);
    assertThat(List.of(0.0, 0.25, 17.0, 17.5, 983.4, 5_500.0, 5_000.0, 12_000.0, -406.96))
        .extracting(amounts::brief)
        .containsExactly("$0", "$0.25", "$17", "$17.50", "$983", "$5.5k", "$5k", "$12k", "−$407");
  }

  @Test
  void amountsBesideABarAreToTheDollar() {
    var amounts = new SignedAmounts(DOLLARS);
    assertThat(List.of(0.25, 96.31, 1_003.2, -99_999.4, 250_400.0))
        .extracting(amounts::besideSigned)
        .containsExactly("+$0.25", "+$96.31", "+$1,003", "−$99,999", "+$250k");
    assertThat(amounts.beside(1_003.2)).isEqualTo("$1,003");
  }

  @Test
  void lineHasAGapWhereAValueIsUnknown() {
    List<LinePlot.Point> points = List.of(point("a"), point("b"), point("c"), point("d"));
    LinePlot plot =
        LinePlot.of(
            points,
            List.of(new LinePlot.Series("x", "billed", Arrays.asList(10.0, 5.0, null, 0.0))),
            DOLLARS);
    assertThat(plot.lines().getFirst().path()).isEqualTo("M125.0 0.0L375.0 500.0M875.0 1000.0");
    assertThat(plot.marks()).extracting(LinePlot.Mark::text).startsWith("$0").endsWith("$10");
    assertThat(plot.columns().get(2).left()).isEqualTo("50.00%");
  }

  private static LinePlot.Point point(String name) {
    return new LinePlot.Point(name, name, "");
  }
}

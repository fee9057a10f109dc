package dev.claudometer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.Usd;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.usage.Quantity;
import dev.claudometer.usage.Totals;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FigureTest {

  /// They say of another quantity how far it is known, and are nowhere by themselves.
  private static final Set<Quantity> BESIDE_ANOTHER =
      EnumSet.of(Quantity.UNPRICED_REPORTED, Quantity.THINKING_TOLD, Quantity.REPORTED_TOLD);

  /// Cost modes other than `auto` are no metrics; what was saved has a meter by model.
  private static final Set<Quantity> IN_NO_METER_OF_THEIR_OWN =
      EnumSet.of(
          Quantity.UNPRICED_REPORTED,
          Quantity.CALCULATED,
          Quantity.REPORTED,
          Quantity.REPORTED_TOLD,
          Quantity.SAVED);

  @Test
  void everyCountedQuantityIsTold() {
    Set<Quantity> told = EnumSet.copyOf(BESIDE_ANOTHER);
    Figure.ALL.forEach(figure -> assertThat(told.add(figure.quantity())).as("%s", figure).isTrue());
    assertThat(told).containsExactlyInAnyOrderElementsOf(Quantity.ALL);
  }

  @Test
  void everyCountedQuantityHasARunningSum() {
    Set<Quantity> summed = EnumSet.copyOf(IN_NO_METER_OF_THEIR_OWN);
    Meter.OF_QUANTITIES.forEach(
        meter ->
            meter
                .quantities()
                .forEach(quantity -> assertThat(summed.add(quantity)).as("%s", meter).isTrue()));
    assertThat(summed).containsExactlyInAnyOrderElementsOf(Quantity.ALL);
  }

  @Test
  void unknownIsNotZero() {
    Totals nothing = Totals.of(Map.of(Quantity.RESPONSES, 2L, Quantity.UNPRICED, 2L));
    assertThat(Figure.COST.of(nothing)).isNull();
    assertThat(Figure.COST_CONTRACT.of(nothing)).isNull();
    assertThat(Figure.CONTRACT_UNPRICED.of(nothing)).isNull();
    assertThat(Figure.THINKING.of(nothing)).isNull();
    assertThat(Figure.PARTS.of(nothing)).isEqualTo(0L);
  }

  /// Three responses and a part, of which one response is in no contract.
  @Test
  void contractStandsBesideTheList() {
    Totals sums =
        Totals.of(
            Map.of(
                Quantity.RESPONSES, 3L,
                Quantity.PARTS, 1L,
                Quantity.AUTOMATIC, 5_000_000_000L,
                Quantity.CONTRACT, 4_250_000_000L,
                Quantity.UNDER_CONTRACT, 3L));
    assertThat(Figure.COST.of(sums)).isEqualTo(new Usd(5_000_000_000L));
    assertThat(Figure.COST_CONTRACT.of(sums)).isEqualTo(new Usd(4_250_000_000L));
    assertThat(Figure.CONTRACT_UNPRICED.of(sums)).isEqualTo(1L);
  }
}

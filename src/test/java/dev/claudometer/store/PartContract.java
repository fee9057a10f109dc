package dev.claudometer.store;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.meter.MeterReading;
import dev.claudometer.usage.CostMode;
import dev.claudometer.usage.Events;
import dev.claudometer.usage.Totals;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store promises about responses that are billed for more than one model.
public abstract class PartContract {

  private static final String ADVISOR = "claude-haiku-4-5-20251001";

  private Path place;

  /// Opens the store at a place, and makes it where there is none.
  protected abstract UsageStore open(Path place, PriceBook prices);

  @BeforeEach
  void in(@TempDir Path directory) {
    place = directory.resolve("parts");
  }

  private UsageStore open() {
    return open(place, PriceBook.builtIn());
  }

  /// Haiku 4.5: 1,000 input at $1 and 100 output at $5 a million are $0.0015.
  @Test
  void partCountsInTokensAndDollarsOfItsModelAndNotAsAResponse() {
    UsageEvent response = Events.event("msg_1", "req_1", NOON, 7);
    try (var store = open()) {
      store.append(batch("", response, advice(response)));
      assertThat(total(store))
          .extracting(Totals::responses, Totals::parts, sum -> sum.tokens().input())
          .containsExactly(1L, 1L, 1_010L);
      assertThat(store.sums(TimeRange.ALL, Set.of(Dimension.MODEL)))
          .filteredOn(slice -> slice.model().equals(ADVISOR))
          .extracting(slice -> slice.totals().responses(), slice -> slice.totals().calculated())
          .containsExactly(tuple(0L, new Usd(1_500_000)));
      assertThat(store.entries(TimeRange.ALL)).hasSize(2);
      assertThat(store.pauses(NOON)).isEmpty();
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void partWithoutAPriceIsUnpricedThoughItsModelHasNoResponse() {
    UsageEvent response = Events.event("msg_1", "req_1", NOON, 7);
    try (var store = open()) {
      store.append(batch("", response, part(response, "claude-nova-9", 5)));
      assertThat(total(store)).extracting(Totals::unpriced, Totals::billed).containsExactly(1L, 2L);
      assertThat(store.sums(TimeRange.ALL, Set.of(Dimension.MODEL)))
          .filteredOn(slice -> slice.totals().entirelyUnpriced(CostMode.AUTO))
          .extracting(Slice::model)
          .containsExactly("claude-nova-9");
    }
  }

  @Test
  void partFollowsItsResponseToTheSessionThatAskedWhicheverComesFirst() {
    UsageEvent copied = Events.event("msg_1", "req_1", NOON.plusSeconds(900), 7, "fork", true);
    UsageEvent asked = Events.event("msg_1", "req_1", NOON, 7, "asked", false);
    List<List<UsageEvent>> orders =
        List.of(
            List.of(asked, advice(copied)),
            List.of(advice(copied), asked),
            List.of(advice(copied)));
    for (List<UsageEvent> order : orders) {
      try (var store = open(place.resolveSibling("o" + orders.indexOf(order)), book())) {
        for (UsageEvent event : order) {
          store.append(batch(event.attribution().session().text(), event));
        }
        boolean known = order.contains(asked);
        assertThat(store.events(new EventFilter.ById("msg_1")))
            .filteredOn(stored -> !stored.event().key().isResponse())
            .extracting(
                StoredEvent::device,
                stored -> stored.event().attribution().session(),
                stored -> stored.event().at())
            .containsExactly(
                known
                    ? tuple(new DeviceId("asked"), new SessionId("asked"), NOON)
                    : tuple(new DeviceId("fork"), new SessionId("fork"), NOON.plusSeconds(900)));
        assertThat(store.verify()).isEmpty();
      }
    }
  }

  @Test
  void partOfAReplayDoesNotCount() {
    UsageEvent answer = Events.event("msg_1", "req_1", NOON, 7, "s", false);
    UsageEvent replay = Events.event("msg_1", "req_2", NOON.plusSeconds(60), 7, "s", true);
    try (var store = open()) {
      store.append(batch("", replay, advice(replay)));
      assertThat(total(store)).extracting(Totals::parts).isEqualTo(1L);
      store.append(batch("", answer));
      assertThat(total(store))
          .extracting(Totals::responses, Totals::parts, sum -> sum.tokens().total())
          .containsExactly(1L, 0L, 17L);
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void sumsOfAModelThatOnlyHadPartsDisappearWithThem() {
    UsageEvent answer = Events.event("msg_1", "req_1", NOON, 7, "s", false);
    UsageEvent replay = Events.event("msg_1", "req_2", NOON.plusSeconds(60), 7, "s", true);
    try (var store = open()) {
      store.append(batch("", replay, advice(replay)));
      store.append(batch("", answer));
      assertThat(store.sums(TimeRange.ALL, Set.of(Dimension.MODEL)))
          .extracting(Slice::model)
          .containsExactly("claude-opus-5");
    }
  }

  @Test
  void appendingPartsAgainChangesNothing() {
    UsageEvent response = Events.event("msg_1", "req_1", NOON, 7);
    UsageEvent later = Events.event("msg_1", "req_1", NOON.plusSeconds(5), 7);
    try (var store = open()) {
      store.append(batch("", response, advice(response)));
      long revision = store.standing().revision();
      assertThat(store.append(batch("", response, advice(response))))
          .isEqualTo(new Receipt(0, 0, 2));
      assertThat(store.append(batch("", advice(later)))).isEqualTo(new Receipt(0, 0, 1));
      assertThat(store.outbox().changes(revision, 10).observations()).isEmpty();
    }
  }

  @Test
  void partsAreForwardedAndForgottenWithTheirResponse() {
    UsageEvent response = Events.event("msg_1", "req_1", NOON, 7);
    try (var store = open()) {
      store.append(batch("", response, advice(response)));
      assertThat(store.outbox().changes(0, 10).observations())
          .containsExactly(response, advice(response));
      assertThat(store.forget(NOON.plusSeconds(1))).isEqualTo(2);
      store.append(batch("", response, advice(response)));
      assertThat(total(store).parts()).isEqualTo(1);
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void distributionsAreOfResponsesAndMetersOfAllThatIsBilled() {
    UsageEvent response = Events.event("msg_1", "req_1", NOON, 7);
    try (var store = open()) {
      store.append(batch("", response, advice(response)));
      assertThat(store.meters(-1).readings())
          .filteredOn(reading -> reading.model().equals(ADVISOR))
          .extracting(MeterReading::meter, MeterReading::amount)
          .containsExactlyInAnyOrder(
              tuple(Meter.INPUT, 1_000L),
              tuple(Meter.OUTPUT, 100L),
              tuple(Meter.COST, 1_500_000L),
              tuple(Meter.PARTS, 1L));
    }
  }

  private static PriceBook book() {
    return PriceBook.builtIn();
  }

  private static UsageEvent advice(UsageEvent response) {
    return part(response, ADVISOR, 100);
  }

  private static UsageEvent part(UsageEvent response, String model, long output) {
    var tokens = new TokenCounts(1_000, output, 0, 0, 0);
    return response.part(
        1, new Usage(model, tokens, 0, 0, BillingTerms.UNSTATED, "end_turn", null));
  }

  private static Totals total(UsageStore store) {
    return store.sums(TimeRange.ALL, Set.of()).getFirst().totals();
  }

  private static Batch batch(String device, UsageEvent... events) {
    return new Batch(
        new DeviceId(device), List.of(events), List.of(), List.of(), List.of(), List.of());
  }
}

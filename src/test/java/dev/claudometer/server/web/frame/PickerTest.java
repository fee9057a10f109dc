package dev.claudometer.server.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.server.web.frame.Picker.Span;
import dev.claudometer.server.web.table.Address;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PickerTest {

  /// On the 1st, 7th and 30th two of them are the same days.
  @ParameterizedTest
  @CsvSource({
    "/,2026-11-01,2026-11-30,2026-11-30,This month",
    "/?from=2026-11-01&to=2026-11-30,2026-11-01,2026-11-30,2026-11-30,This month",
    "/?from=2026-11-01&to=2026-11-30&span=30-days,2026-11-01,2026-11-30,2026-11-30,30 days",
    "/?from=2026-11-01&to=2026-11-30&span=this-month,2026-11-01,2026-11-30,2026-11-30,This month",
    "/?from=2026-11-01&to=2026-11-07&span=7-days,2026-11-01,2026-11-07,2026-11-07,7 days",
    "/?from=2026-11-01&to=2026-11-01&span=today,2026-11-01,2026-11-01,2026-11-01,Today",
    "/?from=2026-11-09&to=2026-11-15&span=this-month,2026-11-09,2026-11-15,2026-11-15,7 days"
  })
  void onlyOnePeriodIsChosen(
      String address, LocalDate from, LocalDate to, LocalDate latest, String chosen) {
    var picker = new Picker(Address.of(address), from, to, latest, "UTC");
    assertThat(picker.spans().stream().filter(picker::chosen).map(Span::name))
        .containsExactly(chosen);
  }

  @Test
  void periodNamesItselfWhereAnotherHasTheSameDays() {
    LocalDate last = LocalDate.parse("2026-11-30");
    var picker = new Picker(Address.of("/"), last, last, last, "UTC");
    List<String> links = picker.spans().stream().map(picker::link).toList();
    assertThat(links)
        .containsExactly(
            "/?from=2026-11-30&to=2026-11-30",
            "/?from=2026-11-29&to=2026-11-29",
            "/?from=2026-11-24&to=2026-11-30",
            "/?from=2026-11-01&to=2026-11-30&span=30-days",
            "/?from=2026-11-01&to=2026-11-30&span=this-month",
            "/?from=2026-10-01&to=2026-10-31",
            "/?from=2025-12-01&to=2026-11-30");
    assertThat(Picker.kept(links.get(3)).text()).isEqualTo(links.get(3));
  }
}

package dev.claudometer.server.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.report.Beginnings;
import dev.claudometer.server.web.frame.Picker.Span;
import dev.claudometer.server.web.table.Address;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    "/?from=2026-11-09&to=2026-11-15&span=this-month,2026-11-09,2026-11-15,2026-11-15,7 days",
    "/?from=2026-11-09&to=2026-11-15&span=this-week,2026-11-09,2026-11-15,2026-11-15,This week",
    "/?from=2026-10-01&to=2026-10-20,2026-10-01,2026-10-20,2026-10-20,This month",
    "/?from=2026-10-01&to=2026-11-20,2026-10-01,2026-11-20,2026-11-20,This quarter",
    "/?from=2026-07-01&to=2026-09-30,2026-07-01,2026-09-30,2026-11-20,Last quarter"
  })
  void onlyOnePeriodIsChosen(
      String address, LocalDate from, LocalDate to, LocalDate latest, String chosen) {
    var picker = new Picker(Address.of(address), from, to, latest, "UTC", Beginnings.USUAL);
    assertThat(all(picker).filter(picker::chosen).map(Span::name)).containsExactly(chosen);
  }

  private static Stream<Span> all(Picker picker) {
    return Stream.concat(picker.spans().stream(), picker.others().stream());
  }

  @Test
  void periodNamesItselfWhereAnotherHasTheSameDays() {
    LocalDate last = LocalDate.parse("2026-11-30");
    var picker = new Picker(Address.of("/"), last, last, last, "UTC", Beginnings.USUAL);
    List<String> links = all(picker).map(picker::link).toList();
    assertThat(links)
        .as("the 30th is a Monday")
        .containsExactly(
            "/?from=2026-11-30&to=2026-11-30&span=today",
            "/?from=2026-11-29&to=2026-11-29",
            "/?from=2026-11-24&to=2026-11-30",
            "/?from=2026-11-01&to=2026-11-30&span=30-days",
            "/?from=2026-11-01&to=2026-11-30&span=this-month",
            "/?from=2026-10-01&to=2026-10-31",
            "/?from=2026-11-30&to=2026-11-30&span=this-week",
            "/?from=2026-11-23&to=2026-11-29",
            "/?from=2026-10-01&to=2026-11-30",
            "/?from=2026-07-01&to=2026-09-30",
            "/?from=2025-12-01&to=2026-11-30");
    assertThat(Picker.kept(links.get(3)).text()).isEqualTo(links.get(3));
  }

  /// Of what has only run a part so far, the ones before are whole; the one after the last but one
  /// ends today.
  @ParameterizedTest
  @CsvSource({
    "/,2026-11-18,2026-11-18,2026-11-17,2026-11-17,,",
    "/?span=this-week,2026-11-16,2026-11-18,2026-11-09,2026-11-15,,",
    "/,2026-11-09,2026-11-15,2026-11-02,2026-11-08,2026-11-16,2026-11-18",
    "/,2026-11-01,2026-11-18,2026-10-01,2026-10-31,,",
    "/,2026-10-01,2026-10-31,2026-09-01,2026-09-30,2026-11-01,2026-11-18",
    "/,2026-10-01,2026-11-18,2026-07-01,2026-09-30,,",
    "/,2026-07-01,2026-09-30,2026-04-01,2026-06-30,2026-10-01,2026-11-18",
    "/,2025-12-01,2026-11-18,2024-12-01,2025-11-30,,",
    "/,2026-10-31,2026-11-18,2026-09-30,2026-10-30,,",
    "/,2026-09-30,2026-10-30,2026-08-31,2026-09-29,2026-10-31,2026-11-18",
    "/,2026-02-28,2026-03-30,2026-01-31,2026-02-27,2026-03-31,2026-04-29",
    "/,2026-11-03,2026-11-05,2026-10-31,2026-11-02,2026-11-06,2026-11-08"
  })
  void periodBeforeAndAfterAreOfTheSameKind(
      String address,
      LocalDate from,
      LocalDate to,
      LocalDate before,
      LocalDate beforeTo,
      @Nullable LocalDate after,
      @Nullable LocalDate afterTo) {
    LocalDate today = LocalDate.parse("2026-11-18");
    var monthsFromThe31st = new Beginnings(DayOfWeek.MONDAY, 31);
    var picker = new Picker(Address.of(address), from, to, today, "UTC", monthsFromThe31st);
    assertThat(picker.previous()).isEqualTo(new Span("", before, beforeTo));
    assertThat(picker.next())
        .isEqualTo(after == null || afterTo == null ? null : new Span("", after, afterTo));
  }

  @Test
  void billingMonthIsOfferedWhereItIsNoMonth() {
    LocalDate today = LocalDate.parse("2026-03-14");
    var usual = new Picker(Address.of("/"), today, today, today, "UTC", Beginnings.USUAL);
    assertThat(all(usual).map(Span::name)).doesNotContain("Billing month");
    var billed =
        new Picker(
            Address.of("/"), today, today, today, "UTC", new Beginnings(DayOfWeek.SUNDAY, 31));
    assertThat(all(billed))
        .contains(new Span("Billing month", LocalDate.parse("2026-02-28"), today))
        .contains(new Span("This week", LocalDate.parse("2026-03-08"), today));
  }
}

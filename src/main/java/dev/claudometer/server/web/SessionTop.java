package dev.claudometer.server.web;

import dev.claudometer.report.Money;
import dev.claudometer.report.session.SessionAnswers.Session;
import dev.claudometer.server.web.frame.Picker;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The sessions of a period that cost most, each with a bar.
record SessionTop(Figures figures, Picker picker) {

  /// @param all what a file has
  Table table(List<Session> sessions, Supplier<Stream<Session>> all) {
    long largest = sessions.stream().mapToLong(SessionTop::nanos).max().orElse(0);
    return Table.of(
            "sessions",
            "Sessions",
            List.of(
                Column.text("session", "Session"),
                Column.number("costUsd", "Cost"),
                Column.bar("bar", "Share"),
                Column.inFiles("responses"),
                Column.inFiles("unpriced")),
            sessions.stream().map(session -> row(session, largest)).toList(),
            "Nothing was used in this period.")
        .of(() -> all.get().map(session -> row(session, largest)));
  }

  private static long nanos(Session session) {
    return session.totals().reportedElseCalculated().nanos();
  }

  private List<Cell> row(Session session, long largest) {
    String id = session.session().text();
    return List.of(
        Cell.name(session.name())
            .valued(id)
            .to(picker.about().at("/session").with("id", id).text()),
        Cell.cost(figures, Money.of(session.totals())).alone(),
        Cell.bar(nanos(session), largest),
        Cell.count(session.totals().responses()),
        Cell.count(session.totals().unpriced()));
  }
}

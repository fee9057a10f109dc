package dev.claudometer.store.sql;

import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.Cost;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.event.EventRow;
import dev.claudometer.store.sql.event.EventTable;
import dev.claudometer.store.sql.sum.Queries;
import dev.claudometer.store.sql.sum.Rollups;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Prices all events anew when the price book has changed. What was booked stays booked.
final class Repricing {

  private static final String PRICE_BOOK = "price-book";
  private static final int ROWS_AT_ONCE = 5_000;

  private final Database database;
  private final Writing writing;
  private final Queries queries;
  private final Rollups rollups;
  private final EventTable events;
  private final Ledger ledger;
  private final Supplier<PriceBook> prices;

  Repricing(
      Database database,
      Writing writing,
      Queries queries,
      Rollups rollups,
      EventTable events,
      Ledger ledger,
      Supplier<PriceBook> prices) {
    this.database = database;
    this.writing = writing;
    this.queries = queries;
    this.rollups = rollups;
    this.events = events;
    this.ledger = ledger;
    this.prices = prices;
  }

  /// Brings what is stored in step with the prices, unless it is.
  ///
  /// @param fingerprint of the prices
  /// @param rebuild of meters that an earlier version did not have
  void reprice(String fingerprint, MeterRebuild rebuild) {
    if (rebuild.isDue()) {
      writing.run(
          () -> {
            if (rebuild.isDue()) {
              rebuild.run();
            }
            return true;
          });
    }
    List<String> known =
        database.query(
            "SELECT value FROM setting WHERE name = ?", row -> row.getString(1), PRICE_BOOK);
    if (known.contains(fingerprint)) {
      return;
    }
    if (!known.isEmpty()) {
      @Nullable EventRow last = null;
      do {
        last = repriceAfter(last);
      } while (last != null);
    }
    writing.run(
        () ->
            database.update(
                """
                INSERT INTO setting (name, value) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value\
                """,
                PRICE_BOOK,
                fingerprint));
  }

  /// @return the last row seen, null where there are no more
  private @Nullable EventRow repriceAfter(@Nullable EventRow last) {
    List<EventRow> seen = new ArrayList<>();
    writing.run(
        () -> {
          seen.clear();
          seen.addAll(queries.rowsAfter(last, ROWS_AT_ONCE));
          for (EventRow row : seen) {
            reprice(row);
          }
          rollups.flush();
          return seen.size();
        });
    return seen.size() < ROWS_AT_ONCE ? null : seen.getLast();
  }

  private void reprice(EventRow row) throws SQLException {
    UsageEvent event = row.event();
    Usd now = price(prices.get(), event);
    Usd booked = row.booked() == null ? now : row.booked();
    Usd today = now == null || now.equals(booked) ? null : now;
    Usd saved =
        row.saved() == null && now != null
            ? prices.get().saved(event.usage(), event.at())
            : row.saved();
    Usd contract =
        row.contract() == null
            ? prices.get().contractPrice(event.usage(), event.at())
            : row.contract();
    var repriced =
        new EventRow(
            row.id(),
            event,
            prices.get().name(event.usage()),
            row.device(),
            booked,
            contract,
            saved,
            today,
            row.counted());
    if (!repriced.equals(row)) {
      replace(row, repriced);
      events.write(repriced, ledger.next());
    }
  }

  /// What an event saved that was booked before savings were kept is in the meters already.
  private void replace(EventRow row, EventRow repriced) {
    EventRow known = row;
    if (row.booked() != null && row.saved() == null && repriced.saved() != null) {
      known = row.saved(repriced.saved());
      rollups.reckon(row, known);
    }
    rollups.replace(known, repriced);
  }

  /// What an event costs today; null where that is unknown.
  static @Nullable Usd price(PriceBook prices, UsageEvent event) {
    return switch (prices.price(event.usage(), event.at())) {
      case Cost.Priced priced -> priced.amount();
      case Cost.Unpriced _ -> null;
    };
  }
}

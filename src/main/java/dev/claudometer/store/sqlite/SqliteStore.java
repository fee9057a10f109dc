package dev.claudometer.store.sqlite;

import dev.claudometer.model.Activity;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.Reading;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.Cost;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.ActivityCount;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Entry;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.Holdings;
import dev.claudometer.store.Receipt;
import dev.claudometer.store.SessionSpan;
import dev.claudometer.store.Slice;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Observations in one SQLite file. One writer at a time, several processes: each waits for the
/// other.
public final class SqliteStore implements UsageStore {

  private static final String PRICE_BOOK = "price-book";

  private final Database database;
  private final NameTable names;
  private final EventTable events;
  private final RollupTable rollups;
  private final ActivityTable activities;
  private final SessionTotalTable sessionTotals;
  private final FileTable files;
  private final LimitTable limits;
  private final Queries queries;
  private final Supplier<PriceBook> prices;

  private SqliteStore(Database database, Supplier<PriceBook> prices) {
    this.database = database;
    this.prices = prices;
    names = new NameTable(database);
    events = new EventTable(database, names);
    rollups = new RollupTable(database, names);
    activities = new ActivityTable(database, names);
    sessionTotals = new SessionTotalTable(database, names);
    files = new FileTable(database, names);
    limits = new LimitTable(database);
    queries = new Queries(database, names, events, files);
  }

  /// Opens a store, and makes it where there is none.
  ///
  /// @param prices asked only when events are priced
  /// @throws dev.claudometer.store.StoreException where the file cannot be used
  public static SqliteStore open(Path file, Supplier<PriceBook> prices) {
    return new SqliteStore(Database.open(file), prices);
  }

  @Override
  public Receipt append(Batch batch) {
    return write(
        () -> {
          var upsert =
              new EventUpsert(events, rollups, prices, events.messages(batch.events().size()));
          Receipt receipt = upsert.all(batch.events());
          rollups.flush();
          for (Activity activity : batch.activities()) {
            activities.add(activity);
          }
          for (SessionTotal total : batch.sessionTotals()) {
            sessionTotals.put(total);
          }
          for (Reading reading : batch.readings()) {
            files.put(reading);
          }
          return receipt;
        });
  }

  @Override
  public void append(LimitReading reading) {
    write(
        () -> {
          limits.add(reading);
          return Receipt.EMPTY;
        });
  }

  @Override
  public Map<String, String> projectPaths() {
    return files.projectPaths();
  }

  @Override
  public List<LimitReading> limits() {
    return limits.latest();
  }

  @Override
  public @Nullable TimeRange extent() {
    return queries.extent();
  }

  @Override
  public Map<String, FileCursor> cursors() {
    return files.cursors();
  }

  @Override
  public void reprice(String fingerprint) {
    List<String> known =
        database.query(
            "SELECT value FROM setting WHERE name = ?", row -> row.getString(1), PRICE_BOOK);
    if (known.contains(fingerprint)) {
      return;
    }
    write(
        () -> {
          if (!known.isEmpty()) {
            for (EventRow row : queries.rows("", List.of())) {
              reprice(row);
            }
          }
          rollups.flush();
          database.update("INSERT OR REPLACE INTO setting VALUES (?, ?)", PRICE_BOOK, fingerprint);
          return Receipt.EMPTY;
        });
  }

  private void reprice(EventRow row) throws SQLException {
    UsageEvent event = row.event();
    Usd now = price(prices.get(), event);
    Usd booked = row.booked() == null ? now : row.booked();
    Usd today = now == null || now.equals(booked) ? null : now;
    var repriced = new EventRow(row.number(), row.id(), event, booked, today, row.counted());
    if (!repriced.totals().equals(row.totals()) || !same(today, row.today())) {
      if (row.counted()) {
        rollups.subtract(row);
        rollups.add(repriced);
      }
      events.write(repriced);
    }
  }

  private static boolean same(@Nullable Usd a, @Nullable Usd b) {
    return a == null ? b == null : a.equals(b);
  }

  static @Nullable Usd price(PriceBook prices, UsageEvent event) {
    return switch (prices.price(event.usage(), event.at())) {
      case Cost.Priced priced -> priced.amount();
      case Cost.Unpriced _ -> null;
    };
  }

  private Receipt write(Database.Work<Receipt> work) {
    boolean done = false;
    try {
      Receipt receipt = database.transaction(work);
      done = true;
      return receipt;
    } finally {
      if (!done) {
        names.forget();
        rollups.forget();
      }
    }
  }

  @Override
  public List<String> verify() {
    return new Verification(database).problems();
  }

  @Override
  public List<Slice> sums(TimeRange range, Set<Dimension> by) {
    return queries.sums(range, by);
  }

  @Override
  public List<Entry> entries(TimeRange range) {
    return queries.entries(range);
  }

  @Override
  public List<SessionSpan> sessionSpans(TimeRange range) {
    return queries.sessionSpans(range);
  }

  @Override
  public List<StoredEvent> events(EventFilter filter) {
    return queries.events(filter);
  }

  @Override
  public List<ActivityCount> activities(TimeRange range) {
    return activities.counts(range);
  }

  @Override
  public List<SessionTotal> sessionTotals() {
    return sessionTotals.all();
  }

  @Override
  public Holdings holdings() {
    return queries.holdings();
  }

  @Override
  public void close() {
    database.close();
  }
}

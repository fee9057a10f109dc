package dev.claudometer.store.sql;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.Ledger;
import dev.claudometer.store.sql.engine.MeterTable;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.SumRevisions;
import dev.claudometer.store.sql.event.ActivityTable;
import dev.claudometer.store.sql.event.CallTable;
import dev.claudometer.store.sql.event.DeliveredTable;
import dev.claudometer.store.sql.event.EventCopyTable;
import dev.claudometer.store.sql.event.EventTable;
import dev.claudometer.store.sql.event.FileTable;
import dev.claudometer.store.sql.event.ForgottenTable;
import dev.claudometer.store.sql.event.SessionTotalTable;
import dev.claudometer.store.sql.quota.CreditTable;
import dev.claudometer.store.sql.quota.LimitTable;
import dev.claudometer.store.sql.sum.EventMeters;
import dev.claudometer.store.sql.sum.KeptSums;
import dev.claudometer.store.sql.sum.LocalFacts;
import dev.claudometer.store.sql.sum.QuarterQueries;
import dev.claudometer.store.sql.sum.Queries;
import dev.claudometer.store.sql.sum.Rollups;
import dev.claudometer.store.sql.sum.SeriesQueries;
import dev.claudometer.store.sql.sum.SessionParts;
import dev.claudometer.store.sql.sum.SessionQueries;
import dev.claudometer.store.sql.sum.SessionShares;
import dev.claudometer.store.sql.sum.SinceQueries;
import dev.claudometer.store.sql.sum.SumQueries;
import dev.claudometer.store.sql.sum.WorkTables;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The tables of a store, each made once, and what stands on them.
final class SqlTables {

  final Database database;
  final NameTable names;
  final EventTable events;
  final EventCopyTable copies;
  final ForgottenTable forgotten;
  final Rollups rollups;
  final ActivityTable activities;
  final SessionTotalTable sessionTotals;
  final FileTable files;
  final GivingWay givingWay;
  final Deletion deletion;
  final DeliveredTable delivered;
  final LimitTable limits;
  final CreditTable credits;
  final CallTable calls;
  final Ledger ledger;
  final Writing writing;
  final Queries queries;
  final SumQueries sums;
  final SeriesQueries series;
  final SinceQueries late;
  final LocalFacts local;
  final MeterTable meters;
  final SessionParts sessionParts;
  final EventMeters eventMeters;
  final SessionQueries sessions;
  final SessionShares sessionShares;
  final QuarterQueries quarters;
  final WorkTables work;
  final SqlOutbox outbox;
  final Supplier<PriceBook> prices;

  /// @param prices asked only when events are priced
  /// @param kept what is remembered of sums; null in a process that is asked once
  SqlTables(Database database, Supplier<PriceBook> prices, @Nullable KeptSums kept) {
    this.database = database;
    this.prices = prices;
    names = new NameTable(database);
    events = new EventTable(database, names);
    copies = new EventCopyTable(database, names, events);
    forgotten = new ForgottenTable(database);
    ledger = new Ledger(database);
    meters = new MeterTable(database, names, ledger);
    sessionParts = new SessionParts(database, names, meters);
    eventMeters = new EventMeters(meters, sessionParts);
    rollups = new Rollups(database, names, eventMeters, new SumRevisions(database, ledger));
    writing = new Writing(database, ledger, events, rollups, names);
    activities = new ActivityTable(database, names, ledger, meters);
    sessionTotals = new SessionTotalTable(database, names, ledger);
    files = new FileTable(database, names, ledger, meters);
    givingWay = new GivingWay(database, names, events, rollups, ledger);
    deletion =
        new Deletion(
            database,
            writing,
            ledger,
            forgotten,
            new DeviceClearing(database, names, events, rollups, givingWay, ledger));
    delivered = new DeliveredTable(database, names);
    limits = new LimitTable(database, names, ledger);
    credits = new CreditTable(database, names);
    calls = new CallTable(database, names, ledger);
    queries = new Queries(database, names, events, files);
    sums = new SumQueries(database, names, kept);
    series = new SeriesQueries(database, names, kept);
    late = new SinceQueries(database, names);
    local = new LocalFacts(database, names);
    sessions = new SessionQueries(database, names, kept);
    sessionShares = new SessionShares(database, names, sums);
    quarters = new QuarterQueries(database, names);
    work = new WorkTables(database, names, kept);
    outbox = new SqlOutbox(database, events, activities, sessionTotals, limits, calls, files);
  }
}

package dev.claudometer.store.sql;

import dev.claudometer.model.Claim;
import dev.claudometer.model.CreditReading;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Batch;
import dev.claudometer.store.Outbox;
import dev.claudometer.store.Receipt;
import dev.claudometer.store.ToldHistory;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.event.ToldTable;
import dev.claudometer.store.sql.sum.KeptSums;
import dev.claudometer.store.sql.sum.SessionProjects;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Observations in a database. One writer at a time, several processes: each waits for the other.
public final class SqlStore extends SqlAnswers implements UsageStore {

  private final @Nullable KeptSums kept;

  /// @param prices asked only when events are priced
  public SqlStore(Database database, Supplier<PriceBook> prices) {
    this(database, prices, null);
  }

  private SqlStore(Database database, Supplier<PriceBook> prices, @Nullable KeptSums kept) {
    super(new SqlTables(database, prices, kept));
    this.kept = kept;
  }

  /// A store that remembers sums, for a process that is asked again and again.
  ///
  /// @param prices asked only when events are priced
  /// @param most so many bytes of sums, about
  public static SqlStore keepingSums(Database database, Supplier<PriceBook> prices, long most) {
    return new SqlStore(database, prices, new KeptSums(database, most));
  }

  @Override
  public List<Receipt> append(List<Batch> batches) {
    return tables.writing.run(
        () -> {
          List<Receipt> receipts = new ArrayList<>(eventUpsert().all(batches));
          tables.rollups.flush();
          if (batches.stream().anyMatch(batch -> !batch.calls().isEmpty())
              || !tables.calls.isEmpty()) {
            callUpsert().all(batches);
            tables.rollups.flush();
          }
          for (int i = 0; i < batches.size(); i++) {
            appendRest(batches.get(i));
            receipts.set(i, receipts.get(i).plusGivenWay(tables.givingWay.settle(batches.get(i))));
          }
          tables.meters.flush();
          return receipts;
        });
  }

  @Override
  public void append(CreditReading credit, DeviceId device) {
    tables.writing.run(
        () -> {
          tables.credits.add(credit, device);
          return true;
        });
  }

  private EventUpsert eventUpsert() {
    return new EventUpsert(
        tables.events,
        tables.copies,
        tables.forgotten,
        tables.rollups,
        tables.prices,
        tables.ledger,
        tables.givingWay);
  }

  private CallUpsert callUpsert() {
    return new CallUpsert(
        tables.events,
        tables.calls,
        tables.rollups,
        new SessionProjects(tables.database, tables.names),
        tables.prices,
        tables.ledger,
        this::eventUpsert);
  }

  private void appendRest(Batch batch) throws SQLException {
    Claim claim = batch.claim();
    if (claim != null && !tables.delivered.take(batch.device(), claim)) {
      tables.ledger.lost(batch.device(), claim.generation());
    }
    tables.activities.add(batch.activities(), batch.device());
    for (SessionTotal total : batch.sessionTotals()) {
      tables.sessionTotals.put(total, batch.device());
    }
    for (LimitReading limit : batch.limits()) {
      tables.limits.add(limit, batch.device());
    }
    for (FileRead reading : batch.readings()) {
      tables.files.put(reading, batch.device());
    }
  }

  @Override
  public void reprice(String fingerprint) {
    tables.givingWay.bringInStep(tables.writing);
    new Repricing(
            tables.database,
            tables.writing,
            tables.queries,
            tables.rollups,
            tables.events,
            tables.ledger,
            tables.prices)
        .reprice(
            fingerprint,
            new MeterRebuild(
                tables.database,
                tables.queries,
                tables.eventMeters,
                tables.activities,
                tables.ledger));
  }

  @Override
  public long forget(Instant before) {
    return tables.deletion.forget(before);
  }

  @Override
  public void clear() {
    tables.deletion.all();
  }

  @Override
  public long clear(DeviceId device) {
    return tables.deletion.ofDevice(device);
  }

  @Override
  public void rest() {
    tables.database.rest();
    if (kept != null) {
      kept.forget();
    }
  }

  @Override
  public List<String> integrity() {
    return tables.database.problems();
  }

  @Override
  public List<String> verify() {
    return new Verification(tables.database, tables.ledger).problems();
  }

  @Override
  public long observeEnded(Instant before) {
    long all = 0;
    while (tables.sessionParts.anyDue(before)) {
      all += tables.writing.run(() -> tables.sessionParts.observe(before));
    }
    return all;
  }

  @Override
  public Map<String, FileCursor> cursors(DeviceId device) {
    return tables.files.cursors(device);
  }

  @Override
  public void probe() {
    tables.writing.run(() -> 0);
  }

  @Override
  public void onRollback(Consumer<String> told) {
    tables.database.rollbacks().follow(told);
  }

  @Override
  public long rollbacks() {
    return tables.database.rollbacks().noticed();
  }

  @Override
  public Outbox outbox() {
    return tables.outbox;
  }

  @Override
  public ToldHistory told() {
    return new ToldTable(tables.database);
  }

  @Override
  public void close() {
    tables.database.close();
  }
}

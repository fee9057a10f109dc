package dev.claudometer.store.sql.sum;

import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.Usd;
import dev.claudometer.store.PricedUse;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.PackedText;
import dev.claudometer.store.sql.event.RoundsText;
import dev.claudometer.store.sql.event.TermsText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what responses are priced by, and nothing else: a third of the columns of an event.
final class UseRows {

  private static final String SELECT =
      """
      SELECT at, message_id, session, model, spelled, input, output, cache_write_5m,
        cache_write_1h, cache_read, rounds, web_searches, web_fetches, terms, stop_reason, booked
      FROM event WHERE counted = 1 AND at >= ? AND at < ?\
      """;

  private final Database database;
  private final NameTable names;

  /// There are few, by their numbers.
  private final Map<Long, BillingTerms> terms = new HashMap<>();

  UseRows(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  /// Those of a range, in no order.
  List<PricedUse> within(TimeRange range, Where where) {
    var conditions = Conditions.of(where, names);
    return database.query(
        SELECT + conditions.text(),
        this::read,
        conditions.after(range.from().toEpochMilli(), range.to().toEpochMilli()));
  }

  private PricedUse read(ResultSet row) throws SQLException {
    return new PricedUse(
        Instant.ofEpochMilli(row.getLong(1)),
        PackedText.MESSAGE_ID.of(row, 2),
        names.session(row.getLong(3)),
        names.text(row.getLong(4)),
        usage(row),
        booked(row));
  }

  private Usage usage(ResultSet row) throws SQLException {
    return new Usage(
        names.text(row.getLong(5)),
        new TokenCounts(
            row.getLong(6), row.getLong(7), row.getLong(8), row.getLong(9), row.getLong(10)),
        row.getInt(12),
        row.getInt(13),
        Usage.UNTOLD,
        terms(row.getLong(14)),
        stopReason(row),
        null,
        RoundsText.read(row.getString(11)));
  }

  private BillingTerms terms(long number) throws SQLException {
    BillingTerms known = terms.get(number);
    if (known == null) {
      known = TermsText.read(names.text(number));
      terms.put(number, known);
    }
    return known;
  }

  private @Nullable String stopReason(ResultSet row) throws SQLException {
    long number = row.getLong(15);
    return row.wasNull() ? null : names.text(number);
  }

  private static @Nullable Usd booked(ResultSet row) throws SQLException {
    long nanos = row.getLong(16);
    return row.wasNull() ? null : new Usd(nanos);
  }
}

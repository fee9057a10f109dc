package dev.claudometer.store.sql.event;

import static dev.claudometer.store.sql.event.EventColumn.AGENT;
import static dev.claudometer.store.sql.event.EventColumn.AT;
import static dev.claudometer.store.sql.event.EventColumn.ATTRIBUTED_AFTER;
import static dev.claudometer.store.sql.event.EventColumn.ATTRIBUTED_BEYOND;
import static dev.claudometer.store.sql.event.EventColumn.ATTRIBUTED_FILE;
import static dev.claudometer.store.sql.event.EventColumn.BOOKED;
import static dev.claudometer.store.sql.event.EventColumn.BRANCH;
import static dev.claudometer.store.sql.event.EventColumn.COUNTED;
import static dev.claudometer.store.sql.event.EventColumn.DEVICE;
import static dev.claudometer.store.sql.event.EventColumn.FILE;
import static dev.claudometer.store.sql.event.EventColumn.FILE_BYTE;
import static dev.claudometer.store.sql.event.EventColumn.FORKED;
import static dev.claudometer.store.sql.event.EventColumn.MESSAGE;
import static dev.claudometer.store.sql.event.EventColumn.MESSAGE_ID;
import static dev.claudometer.store.sql.event.EventColumn.MODEL;
import static dev.claudometer.store.sql.event.EventColumn.MORE_OUTPUT;
import static dev.claudometer.store.sql.event.EventColumn.PART;
import static dev.claudometer.store.sql.event.EventColumn.PROGRESS;
import static dev.claudometer.store.sql.event.EventColumn.PROJECT;
import static dev.claudometer.store.sql.event.EventColumn.REPORTED;
import static dev.claudometer.store.sql.event.EventColumn.REQUEST;
import static dev.claudometer.store.sql.event.EventColumn.REQUEST_ID;
import static dev.claudometer.store.sql.event.EventColumn.ROUNDS;
import static dev.claudometer.store.sql.event.EventColumn.SESSION;
import static dev.claudometer.store.sql.event.EventColumn.SIDECHAIN;
import static dev.claudometer.store.sql.event.EventColumn.SPELLED;
import static dev.claudometer.store.sql.event.EventColumn.STOP_REASON;
import static dev.claudometer.store.sql.event.EventColumn.TERMS;
import static dev.claudometer.store.sql.event.EventColumn.TODAY;
import static dev.claudometer.store.sql.event.EventColumn.TOOLS;
import static dev.claudometer.store.sql.event.EventColumn.WORK;

import dev.claudometer.model.Attribution;
import dev.claudometer.model.Completion;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.PackedText;
import dev.claudometer.usage.Quantity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Makes events of rows.
final class EventRowReader {

  private final NameTable names;

  EventRowReader(NameTable names) {
    this.names = names;
  }

  EventRow read(ResultSet row) throws SQLException {
    int part = row.getInt(PART.at());
    var event =
        new UsageEvent(
            new EventKey(
                PackedText.MESSAGE_ID.of(row, MESSAGE_ID.at()),
                PackedText.REQUEST_ID.of(row, REQUEST_ID.at()),
                part),
            new Completion(
                Instant.ofEpochMilli(row.getLong(AT.at())),
                number(row, Quantity.OUTPUT) + row.getLong(MORE_OUTPUT.at())),
            usage(row),
            attribution(row),
            row.getLong(PROGRESS.at()) == 1,
            OriginCodec.of(name(row, FILE), row.getLong(FILE_BYTE.at())),
            ToolsText.read(row, TOOLS.at()));
    return new EventRow(
        EventId.of(row.getBytes(MESSAGE.at()), row.getBytes(REQUEST.at()), part),
        event,
        name(row, MODEL),
        names.device(row.getLong(DEVICE.at())),
        money(row, BOOKED.at()),
        money(row, EventColumn.at(Quantity.CONTRACT)),
        money(row, EventColumn.at(Quantity.SAVED)),
        money(row, TODAY.at()),
        row.getLong(COUNTED.at()) == 1);
  }

  private Usage usage(ResultSet row) throws SQLException {
    long stopReason = row.getLong(STOP_REASON.at());
    boolean finalised = !row.wasNull();
    return new Usage(
        name(row, SPELLED),
        new TokenCounts(
            number(row, Quantity.INPUT),
            number(row, Quantity.OUTPUT),
            number(row, Quantity.CACHE_WRITE_5M),
            number(row, Quantity.CACHE_WRITE_1H),
            number(row, Quantity.CACHE_READ)),
        (int) number(row, Quantity.WEB_SEARCHES),
        (int) number(row, Quantity.WEB_FETCHES),
        thinking(row),
        TermsText.read(name(row, TERMS)),
        finalised ? names.text(stopReason) : null,
        money(row, REPORTED.at()),
        RoundsText.read(row.getString(ROUNDS.at())));
  }

  private Attribution attribution(ResultSet row) throws SQLException {
    return new Attribution(
        names.session(row.getLong(SESSION.at())),
        names.project(row.getLong(PROJECT.at())),
        name(row, BRANCH),
        name(row, AGENT),
        row.getLong(SIDECHAIN.at()) == 1,
        row.getLong(FORKED.at()) == 1,
        Instant.ofEpochMilli(row.getLong(AT.at()) + row.getLong(ATTRIBUTED_AFTER.at())),
        OriginCodec.of(
            names.text(OriginCodec.same(row.getLong(ATTRIBUTED_FILE.at()), row.getLong(FILE.at()))),
            row.getLong(FILE_BYTE.at()) + row.getLong(ATTRIBUTED_BEYOND.at())),
        WorkText.read(name(row, WORK)));
  }

  private static long number(ResultSet row, Quantity quantity) throws SQLException {
    return row.getLong(EventColumn.at(quantity));
  }

  private static long thinking(ResultSet row) throws SQLException {
    long tokens = number(row, Quantity.THINKING);
    return row.wasNull() ? Usage.UNTOLD : tokens;
  }

  private String name(ResultSet row, EventColumn column) throws SQLException {
    return names.text(row.getLong(column.at()));
  }

  private static @Nullable Usd money(ResultSet row, int column) throws SQLException {
    long nanos = row.getLong(column);
    return row.wasNull() ? null : new Usd(nanos);
  }
}

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
import static dev.claudometer.store.sql.event.EventColumn.REVISION;
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
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.PackedText;
import dev.claudometer.usage.Quantity;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/// Sets the columns of an event. Used within a transaction.
final class EventRowWriter {

  private static final Quantity[] QUANTITIES = Quantity.OF_EVENTS.toArray(new Quantity[0]);

  private static final int FIRST_QUANTITY = EventColumn.at(QUANTITIES[0]);

  private final Database database;
  private final NameTable names;
  private BillingTerms lastTerms = BillingTerms.UNSTATED;
  private String lastTermsText = TermsText.of(lastTerms);

  EventRowWriter(Database database, NameTable names) {
    this.database = database;
    this.names = names;
  }

  /// The columns of a row of its own.
  void own(PreparedStatement write, EventRow row, long revision) throws SQLException {
    UsageEvent event = row.event();
    write.setLong(REVISION.at(), revision);
    write.setBytes(MESSAGE.at(), row.id().message());
    write.setBytes(REQUEST.at(), row.id().request());
    write.setLong(PART.at(), row.id().part());
    PackedText.MESSAGE_ID.set(write, MESSAGE_ID.at(), event.key().messageId(), database);
    PackedText.REQUEST_ID.set(write, REQUEST_ID.at(), event.key().requestId(), database);
    write.setLong(AT.at(), event.completion().at().toEpochMilli());
    write.setLong(MORE_OUTPUT.at(), event.completion().output() - event.usage().tokens().output());
    usage(write, event.usage());
    quantities(write, row);
    money(write, BOOKED, row.booked());
    money(write, TODAY, row.today());
    place(write, event);
    PackedText.TOOLS.set(write, TOOLS.at(), ToolsText.of(event.tools()), database);
    write.setLong(COUNTED.at(), row.counted() ? 1 : 0);
  }

  private void usage(PreparedStatement write, Usage usage) throws SQLException {
    write.setString(ROUNDS.at(), RoundsText.of(usage.rounds()));
    if (usage.stopReason() == null) {
      write.setNull(STOP_REASON.at(), Types.BIGINT);
    } else {
      write.setLong(STOP_REASON.at(), names.id(usage.stopReason()));
    }
    money(write, REPORTED, usage.reportedCost());
  }

  private static void quantities(PreparedStatement write, EventRow row) throws SQLException {
    for (int i = 0; i < QUANTITIES.length; i++) {
      if (QUANTITIES[i].knownOf(row)) {
        write.setLong(FIRST_QUANTITY + i, QUANTITIES[i].of(row));
      } else {
        write.setNull(FIRST_QUANTITY + i, Types.BIGINT);
      }
    }
  }

  /// Where the usage was read, and how far from there it was attributed: mostly not at all.
  private static void place(PreparedStatement write, UsageEvent event) throws SQLException {
    long place = OriginCodec.number(event.origin());
    Attribution attribution = event.attribution();
    write.setLong(FILE_BYTE.at(), place);
    write.setLong(
        ATTRIBUTED_AFTER.at(),
        attribution.at().toEpochMilli() - event.completion().at().toEpochMilli());
    write.setLong(ATTRIBUTED_BEYOND.at(), OriginCodec.number(attribution.origin()) - place);
  }

  /// The columns that it shares with others.
  ///
  /// @param first the parameter that they begin with
  void shared(PreparedStatement write, int first, Context context) throws SQLException {
    long file = names.id(context.file());
    write.setLong(first + SESSION.among(), names.id(context.session()));
    write.setLong(first + PROJECT.among(), names.id(context.project()));
    write.setLong(first + BRANCH.among(), names.id(context.branch()));
    write.setLong(first + AGENT.among(), names.id(context.agent()));
    write.setLong(first + DEVICE.among(), names.id(context.device()));
    write.setLong(first + SIDECHAIN.among(), context.sidechain() ? 1 : 0);
    write.setLong(first + FORKED.among(), context.forked() ? 1 : 0);
    write.setLong(first + WORK.among(), names.id(WorkText.of(context.work())));
    write.setLong(first + MODEL.among(), names.id(context.model()));
    write.setLong(first + SPELLED.among(), names.id(context.spelled()));
    write.setLong(first + TERMS.among(), names.id(text(context.terms())));
    write.setLong(first + PROGRESS.among(), context.progress() ? 1 : 0);
    write.setLong(first + FILE.among(), file);
    write.setLong(
        first + ATTRIBUTED_FILE.among(),
        OriginCodec.other(names.id(context.attributedFile()), file));
  }

  /// Most responses have the terms of the one before.
  private String text(BillingTerms terms) {
    if (!terms.equals(lastTerms)) {
      lastTerms = terms;
      lastTermsText = TermsText.of(terms);
    }
    return lastTermsText;
  }

  private static void money(PreparedStatement write, EventColumn column, @Nullable Usd money)
      throws SQLException {
    if (money == null) {
      write.setNull(column.at(), Types.BIGINT);
    } else {
      write.setLong(column.at(), money.nanos());
    }
  }
}

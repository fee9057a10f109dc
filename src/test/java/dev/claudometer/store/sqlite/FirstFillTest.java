package dev.claudometer.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Batch;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.Receipt;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.usage.Events;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store that was empty remembers what it has written instead of looking for it: only while
/// nobody else writes, and only what was committed.
class FirstFillTest {

  private static final Instant NOON = Instant.parse("2026-10-31T12:00:00Z");

  @TempDir private Path directory;
  private boolean priceable = true;

  @Test
  void whatAnotherProcessHasStoredIsJoined() {
    try (UsageStore one = open();
        UsageStore other = open()) {
      assertThat(append(one, "msg_1", 5)).isEqualTo(new Receipt(1, 0, 0));
      assertThat(append(other, "msg_2", 5)).isEqualTo(new Receipt(1, 0, 0));
      assertThat(append(one, "msg_2", 9)).isEqualTo(new Receipt(0, 1, 0));
      assertThat(append(other, "msg_1", 9)).isEqualTo(new Receipt(0, 1, 0));
      assertThat(append(one, "msg_3", 1, "msg_1", 9)).isEqualTo(new Receipt(1, 0, 1));
      assertThat(outputs(other)).isEqualTo(Map.of("msg_1", 9L, "msg_2", 9L, "msg_3", 1L));
      assertThat(one.verify()).isEmpty();
    }
  }

  @Test
  void namesThatAnotherProcessHasMadeKeepTheirNumbers() {
    try (UsageStore one = open();
        UsageStore other = open()) {
      append(one, "msg_1", 5);
      store(other, named("msg_2", "their-session"));
      store(one, named("msg_3", "our-session"));
      store(one, named("msg_4", "their-session"));
      store(other, named("msg_5", "our-session"));
      assertThat(sessions(one))
          .isEqualTo(
              Map.of(
                  "msg_1", "session-1",
                  "msg_2", "their-session",
                  "msg_3", "our-session",
                  "msg_4", "their-session",
                  "msg_5", "our-session"));
      assertThat(sessions(other)).isEqualTo(sessions(one));
      assertThat(one.verify()).isEmpty();
    }
  }

  @Test
  void whatResponsesShareIsStoredOnceWhoeverStoresIt() throws SQLException {
    try (UsageStore one = open();
        UsageStore other = open()) {
      store(one, named("msg_1", "session-a"), named("msg_2", "session-a"));
      store(other, named("msg_3", "session-a"), named("msg_4", "session-b"));
      store(one, named("msg_5", "session-b"), named("msg_6", "session-a"));
    }
    try (UsageStore again = open()) {
      store(again, named("msg_7", "session-b"));
      assertThat(contexts()).isEqualTo(2);
      store(again, named("msg_8", "session-c"));
      assertThat(contexts()).isEqualTo(3);
      assertThat(sessions(again)).containsEntry("msg_6", "session-a").hasSize(8);
    }
  }

  @Test
  void whatWasNotCommittedIsNotRemembered() {
    try (UsageStore store = open()) {
      append(store, "msg_1", 5);
      priceable = false;
      assertThatThrownBy(() -> store(store, named("msg_2", "lost-session")))
          .isInstanceOf(IllegalStateException.class);
      priceable = true;
      assertThat(store(store, named("msg_3", "lost-session"))).isEqualTo(new Receipt(1, 0, 0));
      assertThat(append(store, "msg_2", 7, "msg_1", 6)).isEqualTo(new Receipt(1, 1, 0));
      assertThat(outputs(store)).isEqualTo(Map.of("msg_1", 6L, "msg_2", 7L, "msg_3", 1L));
      assertThat(sessions(store)).containsEntry("msg_3", "lost-session");
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void aStoreThatWasClearedIsFilledAgain() {
    try (UsageStore store = open()) {
      append(store, "msg_1", 5, "msg_2", 6);
      store.clear();
      assertThat(append(store, "msg_1", 7)).isEqualTo(new Receipt(1, 0, 0));
      assertThat(append(store, "msg_1", 8, "msg_3", 1)).isEqualTo(new Receipt(1, 1, 0));
      assertThat(outputs(store)).isEqualTo(Map.of("msg_1", 8L, "msg_3", 1L));
      assertThat(store.verify()).isEmpty();
    }
  }

  private UsageStore open() {
    return SqliteStore.open(directory.resolve("store.db"), this::prices);
  }

  private long contexts() throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("store.db"));
        var select = connection.createStatement();
        var row = select.executeQuery("SELECT COUNT(*) FROM context")) {
      return row.getLong(1);
    }
  }

  private PriceBook prices() {
    if (!priceable) {
      throw new IllegalStateException("no prices");
    }
    return PriceBook.builtIn();
  }

  private static Receipt append(UsageStore store, String message, long output) {
    return store(store, Events.event(message, "req_1", NOON, output));
  }

  private static Receipt append(
      UsageStore store, String first, long output, String second, long otherOutput) {
    return store(
        store,
        Events.event(first, "req_1", NOON, output),
        Events.event(second, "req_1", NOON, otherOutput));
  }

  private static UsageEvent named(String message, String session) {
    return Events.event(message, "req_1", NOON, 1, session, false);
  }

  private static Receipt store(UsageStore store, UsageEvent... events) {
    return store.append(
        new Batch(DeviceId.THIS, List.of(events), List.of(), List.of(), List.of(), List.of()));
  }

  private static Map<String, Long> outputs(UsageStore store) {
    return all(store)
        .collect(
            Collectors.toMap(
                event -> event.key().messageId(), event -> event.usage().tokens().output()));
  }

  private static Map<String, String> sessions(UsageStore store) {
    return all(store)
        .collect(
            Collectors.toMap(
                event -> event.key().messageId(), event -> event.attribution().session().text()));
  }

  private static Stream<UsageEvent> all(UsageStore store) {
    return store.events(new EventFilter.Within(TimeRange.ALL)).stream().map(each -> each.event());
  }
}

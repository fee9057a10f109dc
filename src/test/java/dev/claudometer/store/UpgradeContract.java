package dev.claudometer.store;

import static dev.claudometer.usage.Events.NOON;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.CostBasis;
import dev.claudometer.model.Damage;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.ToolUse;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.engine.PackedColumns;
import dev.claudometer.store.sql.engine.PackedText;
import dev.claudometer.usage.Events;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A store that was written before the first release keeps everything: rows, sums, meters.
public abstract class UpgradeContract {

  private static final String[] TABLES = {
    "name",
    "event",
    "call",
    "forgotten",
    "rollup",
    "rollup_day",
    "rollup_session",
    "rollup_time",
    "sum_revision",
    "activity",
    "session_total",
    "session_total_model",
    "project",
    "file",
    "damage",
    "transcript",
    "told_home",
    "told_day",
    "limit_stretch",
    "limit_latest",
    "meter",
    "session_part",
    "setting",
    "device",
    "account",
    "credential",
    "audit",
    "server_setting",
    "lease",
    "outbox",
    "billed_bucket",
    "billed_line",
    "billed_day",
    "billed_total",
    "billed_told",
    "organization_entry",
    "month_seal",
    "member_spending",
    "spend_cap",
    "saved_view",
    "day_note",
    "poll",
    "credit_reading",
    "ledger"
  };

  private static final Set<String> MADE_BY_THE_UPGRADE =
      Set.of(
          "limit_stretch",
          "sum_revision",
          "billed_day",
          "transcript",
          "told_home",
          "told_day",
          "call",
          "month_seal",
          "saved_view",
          "day_note",
          "member_spending",
          "spend_cap");

  /// What events are read from.
  private static final List<String> OF_EVENTS = List.of("context", "event_row");

  private static final List<String> SINCE_THE_FIRST_RELEASE =
      List.of("event_copy", "team_member", "delivered");

  /// The columns as old stores have them: they held values where there are differences now.
  private static final Map<String, String> DIFFERENCES =
      Map.of(
          "at_output",
          "output + more_output",
          "attributed_at",
          "at + attributed_after",
          "attributed_byte",
          "file_byte + attributed_beyond",
          "attributed_file",
          "CASE attributed_file WHEN 0 THEN file WHEN -1 THEN 0 ELSE attributed_file END");

  /// Two words on one window are the same, the third says nothing of a reset.
  private static final String READINGS =
      """
      INSERT INTO limit_reading (device, name, at, utilization, resets_at, origin, seen_at, revision)
      VALUES (1, 'five_hour', 1000, 0.25, 5000, 'statusline', NULL, 1),
        (1, 'five_hour', 2000, 0.25, 5000, 'statusline', 2600, 2),
        (1, 'seven_day', 1000, 0.5, NULL, 'statusline', NULL, 3)\
      """;

  private static final String STRETCHES =
      """
      INSERT INTO limit_stretch
        (device, name, resets_at, utilization, origin, session, at, seen_at, revision)
      VALUES (1, 'five_hour', 5000, 0.25, 'statusline', '', 1000, 2600, 2),
        (1, 'seven_day', 0, 0.5, 'statusline', '', 1000, 1000, 3)\
      """;

  /// Opens the database of this name, and makes it where there is none.
  protected abstract Database open(String name);

  /// Connects to the database of this name without looking at what it holds.
  protected abstract Connection connect(String name) throws SQLException;

  /// The folder of the old scripts, beside [Database], and how many they are.
  protected abstract String scripts();

  protected abstract int count();

  @Test
  void everyRowAndEverySumStays() throws Exception {
    try (Database now = open("now")) {
      var store = new SqlStore(now, PriceBook::builtIn);
      List<Batch> batches = fill(store);
      try (Connection before = before("before");
          Connection rows = connect("now")) {
        fillRest(rows, List.of(TABLES));
        // old stores know of dollars only
        execute(rows, "UPDATE credit_reading SET currency = 'USD'");
        for (String table : TABLES) {
          if (!MADE_BY_THE_UPGRADE.contains(table)) {
            copyAsOld(rows, before, table);
            assertThat(rows(before, table, columns(before, table))).as(table).isNotEmpty();
          }
        }
        execute(before, READINGS);
        execute(rows, "DELETE FROM limit_stretch");
        execute(rows, STRETCHES);
        execute(rows, "DELETE FROM billed_day");
        execute(rows, "DELETE FROM call");
        execute(rows, "DELETE FROM told_home");
        execute(rows, "DELETE FROM told_day");
        execute(rows, "DELETE FROM month_seal");
        execute(rows, "DELETE FROM member_spending");
        execute(rows, "DELETE FROM spend_cap");
        execute(rows, "DELETE FROM saved_view");
        execute(rows, "DELETE FROM day_note");
        execute(rows, "UPDATE credential SET uses = 1");
        addUpBill(rows, "0", "0");
        addUpBill(rows, "-1", "member");
      }
      try (Database upgraded = open("before")) {
        for (String table : TABLES) {
          try (Connection left = connect("now");
              Connection right = connect("before")) {
            Set<String> columns = columns(left, table);
            assertThat(columns(right, table)).as(table).isEqualTo(columns);
          }
        }
        try (Connection made = connect("before")) {
          addUpBill(made, "0", "0");
        }
        var again = new SqlStore(upgraded, PriceBook::builtIn);
        long revision = store.standing().revision();
        assertThat(again.standing().revision()).isEqualTo(revision);
        again.reprice("book");
        for (String table : TABLES) {
          try (Connection left = connect("now");
              Connection right = connect("before")) {
            Set<String> columns = columns(left, table);
            columns.remove("revision");
            assertThat(rows(right, table, columns)).as(table).isEqualTo(rows(left, table, columns));
          }
        }
        assertThat(again.verify()).isEmpty();
        Set<Dimension> all = EnumSet.allOf(Dimension.class);
        assertThat(new HashSet<>(again.sums(TimeRange.ALL, all)))
            .isEqualTo(new HashSet<>(store.sums(TimeRange.ALL, all)))
            .isNotEmpty();
        assertThat(again.meters(-1)).isEqualTo(store.meters(-1));
        for (Batch batch : batches) {
          assertThat(again.append(batch)).isEqualTo(store.append(batch));
        }
        assertThat(again.verify()).isEmpty();
      }
    }
  }

  @Test
  void storeOfTheFirstReleaseKeepsEveryRow() throws Exception {
    List<String> tables =
        Stream.concat(Stream.of(TABLES), SINCE_THE_FIRST_RELEASE.stream())
            .filter(table -> !table.equals("sum_revision"))
            .toList();
    try (Database now = open("now")) {
      var store = new SqlStore(now, PriceBook::builtIn);
      List<Batch> batches = new ArrayList<>(fill(store));
      batches.add(batch(manySided()));
      batches.add(batch(new DeviceId("d_2"), manySided()));
      batches.subList(batches.size() - 2, batches.size()).forEach(store::append);
      try (Connection first = connect("first");
          Connection rows = connect("now")) {
        runReleased(first);
        fillRest(rows, tables);
        for (String table : tables) {
          copyAsItIs(rows, first, table);
        }
      }
      try (Database upgraded = open("first")) {
        for (String table : tables) {
          try (Connection left = connect("now");
              Connection right = connect("first")) {
            Set<String> columns = columns(left, table);
            assertThat(columns(right, table)).as(table).isEqualTo(columns);
            assertThat(rows(right, table, columns))
                .as(table)
                .isEqualTo(rows(left, table, columns))
                .isNotEmpty();
          }
        }
        assertThat(upgraded.number("SELECT COUNT(*) FROM context"))
            .isEqualTo(upgraded.number("SELECT COUNT(DISTINCT context) FROM event_row"));
        var again = new SqlStore(upgraded, PriceBook::builtIn);
        assertThat(again.verify()).isEqualTo(store.verify());
        for (Batch batch : batches) {
          assertThat(again.append(batch)).isEqualTo(store.append(batch));
        }
      }
    }
  }

  @Test
  void upgradedStoreTakesParts() throws Exception {
    before("parts").close();
    try (Database upgraded = open("parts")) {
      var store = new SqlStore(upgraded, PriceBook::builtIn);
      UsageEvent response = Events.event("msg_1", "req_1", NOON, 7);
      store.append(batch(List.of(response, response.part(1, response.usage()))));
      assertThat(store.sums(TimeRange.ALL, Set.of()).getFirst().totals())
          .extracting(sum -> sum.responses(), sum -> sum.parts(), sum -> sum.tokens().output())
          .containsExactly(1L, 1L, 14L);
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void emptyStoreBecomesANewOne() throws Exception {
    before("empty").close();
    try (Database upgraded = open("empty");
        Database made = open("made")) {
      assertThat(new SqlStore(upgraded, PriceBook::builtIn).verify()).isEmpty();
      for (String table : made()) {
        try (Connection left = connect("made");
            Connection right = connect("empty")) {
          assertThat(shape(right, table)).as(table).isEqualTo(shape(left, table));
        }
      }
      assertThat(made.number("SELECT COUNT(*) FROM event")).isZero();
    }
  }

  @Test
  void storeOfAnInterimVersionBecomesANewOneAndKeepsItsRows() throws Exception {
    try (Connection interim = connect("interim")) {
      run(interim, "V101");
      execute(interim, "INSERT INTO name (id, text) VALUES (7, 'kept')");
    }
    try (Database upgraded = open("interim");
        Database _ = open("made")) {
      assertThat(new SqlStore(upgraded, PriceBook::builtIn).verify()).isEmpty();
      assertThat(upgraded.number("SELECT id FROM name WHERE text = 'kept'")).isEqualTo(7);
      for (String table : made()) {
        try (Connection left = connect("made");
            Connection right = connect("interim")) {
          assertThat(shape(right, table)).as(table).isEqualTo(shape(left, table));
        }
      }
    }
  }

  @Test
  void earlierVersionIsRefusedInWords() throws Exception {
    try (Connection early = connect("early")) {
      run(early, count() - 1);
    }
    StoreException refused = null;
    try (Database _ = open("early")) {
      throw new AssertionError("it was opened");
    } catch (StoreException failure) {
      refused = failure;
    }
    assertThat(refused).hasMessageContaining("early version").hasMessageContaining("transcripts");
    assertThat(refused.kind()).isEqualTo(StoreException.Kind.UNUSABLE);
  }

  private static List<String> made() {
    return Stream.of(List.of(TABLES), SINCE_THE_FIRST_RELEASE, OF_EVENTS)
        .flatMap(List::stream)
        .toList();
  }

  private Connection before(String name) throws SQLException, IOException {
    Connection connection = connect(name);
    run(connection, count());
    return connection;
  }

  private void run(Connection connection, int versions) throws SQLException, IOException {
    for (int version = 1; version <= versions; version++) {
      run(connection, "V" + version);
    }
  }

  private void run(Connection connection, String script) throws SQLException, IOException {
    run(connection, scripts(), script);
  }

  /// Makes a store of version 102, the first that was released.
  private void runReleased(Connection connection) throws SQLException, IOException {
    run(connection, scripts().replace("-before", ""), "V1");
  }

  private static void run(Connection connection, String scripts, String script)
      throws SQLException, IOException {
    try (InputStream in = Database.class.getResourceAsStream(scripts + "/" + script + ".sql");
        var statement = connection.createStatement()) {
      for (String sql : new String(in.readAllBytes(), UTF_8).split(";\\s*\n", -1)) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
    }
  }

  private static List<Batch> fill(SqlStore store) {
    var random = new Random(1);
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Map<Object, UsageEvent> events = new LinkedHashMap<>();
      for (int j = 0; j < 20; j++) {
        UsageEvent event = old(Events.random(random, Events.randomKey(random, 80).response()));
        events.put(event.key(), event);
      }
      batches.add(batch(List.copyOf(events.values())));
    }
    batches.add(others());
    batches.add(
        batch(List.of(Events.event("msg_old", "req_old", NOON.minus(Duration.ofDays(90)), 12))));
    batches.add(batch(List.of(ofAnthropicsForm())));
    batches.forEach(store::append);
    store.reprice("book");
    store.forget(NOON.minus(Duration.ofDays(30)));
    store.observeEnded(NOON.plus(Duration.ofDays(1)));
    store.outbox().acknowledge("https://server", 7, 0);
    return batches;
  }

  private static UsageEvent ofAnthropicsForm() {
    UsageEvent event =
        Events.event("msg_01XFDUDYJgAACzvnptvVoYEL", "req_011CSHoEeqs5C35K2UUqR7Fy", NOON, 12);
    return new UsageEvent(
        event.key(),
        event.completion(),
        event.usage(),
        event.attribution(),
        event.progress(),
        event.origin(),
        List.of(
            new ToolUse("toolu_01A09q90qw90lq917835lq9Q", "Read"),
            new ToolUse("toolu_01B09q90qw90lq917835lq9R", "mcp__wiki__look up")));
  }

  /// An old store has no rows of their own for answers in fast mode.
  private static BillingTerms slow(BillingTerms terms) {
    return terms.fast() ? new BillingTerms(terms.serviceTier(), "", terms.inferenceGeo()) : terms;
  }

  /// Old stores know of no rounds and no thinking.
  private static UsageEvent old(UsageEvent event) {
    Usage usage = event.usage();
    return new UsageEvent(
        event.key(),
        event.completion(),
        new Usage(
            usage.model(),
            usage.tokens(),
            usage.webSearches(),
            usage.webFetches(),
            slow(usage.terms()),
            usage.stopReason(),
            usage.reportedCost()),
        event.attribution(),
        event.progress(),
        event.origin(),
        event.tools());
  }

  private static Batch batch(List<UsageEvent> events) {
    return batch(DeviceId.THIS, events);
  }

  private static Batch batch(DeviceId device, List<UsageEvent> events) {
    return new Batch(device, events, List.of(), List.of(), List.of(), List.of());
  }

  /// Responses with all that stores before the first release know nothing of.
  private static List<UsageEvent> manySided() {
    var random = new Random(2);
    Map<Object, UsageEvent> events = new LinkedHashMap<>();
    for (int i = 0; i < 60; i++) {
      UsageEvent event = Events.random(random, Events.randomKey(random, 40));
      events.put(event.key(), event);
    }
    return List.copyOf(events.values());
  }

  private static Batch others() {
    var origin = new Origin.Line("/projects/p/s.jsonl", 40);
    return new Batch(
        new DeviceId("d_1"),
        List.of(),
        List.of(
            new Activity(
                ActivityKind.TURN,
                "uuid-1",
                NOON,
                new SessionId("session-1"),
                new ProjectName("p"),
                "",
                1_500)),
        List.of(
            new SessionTotal(
                new SessionId("session-1"),
                new ProjectName("p"),
                NOON,
                Duration.ofMinutes(5),
                origin,
                new Usd(5),
                true,
                3,
                4,
                List.of(
                    new SessionTotal.ModelTotal(
                        "claude-opus-5",
                        new TokenCounts(1, 2, 3, 4, 5),
                        6,
                        new Usd(7),
                        CostBasis.UNKNOWN)))),
        List.of(new LimitReading("five_hour", 0.5, NOON, NOON, "statusline")),
        List.of(
            new FileRead(
                new FileCursor("/projects/p/s.jsonl", "(dev=1)", 100, NOON, 100, 9),
                true,
                100,
                Map.of("assistant", 3L),
                Map.of("novelty", 1L),
                Map.of("2.1.332", 3L),
                Map.of(new ProjectName("p"), "/home/me/p"),
                List.of(new Damage(origin, 12, "not JSON", 0)))));
  }

  /// One row in every table that usage leaves empty, with the same number in every measure.
  private static void fillRest(Connection connection, List<String> tables) throws SQLException {
    for (String table : tables) {
      Map<String, String> shape = shape(connection, table);
      if (rows(connection, table, shape.keySet()).isEmpty()) {
        List<String> values =
            shape.values().stream().map(type -> type.contains("char") ? "'seven'" : "7").toList();
        execute(
            connection,
            "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(table, String.join(", ", shape.keySet()), String.join(", ", values)));
      }
    }
  }

  /// The one line of the bill is of the first day of the epoch.
  private static void addUpBill(Connection connection, String dimension, String member)
      throws SQLException {
    Set<String> measures = columns(connection, "billed_day");
    measures.removeAll(Set.of("report", "dimension", "day", "member"));
    String amounts = String.join(", ", measures);
    execute(
        connection,
        "INSERT INTO billed_day (report, dimension, day, member, %s) SELECT report, %s, 0, %s, %s FROM billed_line"
            .formatted(amounts, dimension, member, amounts));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void copyAsOld(Connection from, Connection to, String table) throws SQLException {
    copy(from, to, table, DIFFERENCES, (column, value) -> plain(table, column, value));
  }

  private static void copyAsItIs(Connection from, Connection to, String table) throws SQLException {
    copy(from, to, table, Map.of(), (_, value) -> value);
  }

  private static void copy(
      Connection from,
      Connection to,
      String table,
      Map<String, String> read,
      BinaryOperator<Object> written)
      throws SQLException {
    List<String> copied =
        columns(to, table).stream().filter(column -> !column.equals("version")).toList();
    if (table.equals("ledger")) {
      copyLedger(from, to, copied);
      return;
    }
    execute(to, "DELETE FROM " + table);
    String insert =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                table,
                String.join(", ", copied),
                String.join(", ", Collections.nCopies(copied.size(), "?")));
    try (var select = from.createStatement();
        ResultSet row = select.executeQuery("SELECT " + as(copied, read) + " FROM " + table);
        PreparedStatement put = to.prepareStatement(insert)) {
      while (row.next()) {
        for (int i = 1; i <= copied.size(); i++) {
          put.setObject(i, written.apply(copied.get(i - 1), row.getObject(i)));
        }
        put.executeUpdate();
      }
    }
  }

  private static String as(List<String> columns, Map<String, String> read) {
    return columns.stream()
        .map(column -> read.getOrDefault(column, column))
        .collect(Collectors.joining(", "));
  }

  /// Old stores held ids as texts.
  private static Object plain(String table, Object column, Object value) {
    PackedText packed =
        PackedColumns.of(table.equals("event") ? "event_row" : table, (String) column);
    return packed == null ? value : packed.text(value);
  }

  /// Its one row is there already, and its version is not copied.
  private static void copyLedger(Connection from, Connection to, List<String> columns)
      throws SQLException {
    try (var select = from.createStatement();
        ResultSet row = select.executeQuery("SELECT * FROM ledger")) {
      row.next();
      for (String column : columns) {
        try (PreparedStatement set = to.prepareStatement("UPDATE ledger SET " + column + " = ?")) {
          set.setObject(1, row.getObject(column));
          set.executeUpdate();
        }
      }
    }
  }

  private static Set<String> columns(Connection connection, String table) throws SQLException {
    return shape(connection, table).keySet();
  }

  /// The columns of a table with their types, by name.
  private static Map<String, String> shape(Connection connection, String table)
      throws SQLException {
    var shape = new TreeMap<String, String>();
    try (var select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
      var data = row.getMetaData();
      for (int i = 1; i <= data.getColumnCount(); i++) {
        boolean text = data.getColumnTypeName(i).equalsIgnoreCase("TEXT");
        String type = text ? "char" : data.getColumnTypeName(i);
        shape.put(data.getColumnName(i), type + " " + data.isNullable(i));
      }
    }
    return shape;
  }

  /// All rows in some order that depends on them alone.
  private static List<String> rows(Connection connection, String table, Set<String> columns)
      throws SQLException {
    List<String> rows = new ArrayList<>();
    try (var select = connection.createStatement();
        ResultSet row =
            select.executeQuery("SELECT " + String.join(", ", columns) + " FROM " + table)) {
      while (row.next()) {
        List<Object> values = new ArrayList<>();
        for (int i = 1; i <= columns.size(); i++) {
          Object value = row.getObject(i);
          values.add(value instanceof byte[] bytes ? new String(bytes, ISO_8859_1) : value);
        }
        rows.add(values.toString());
      }
    }
    Collections.sort(rows);
    return rows;
  }
}

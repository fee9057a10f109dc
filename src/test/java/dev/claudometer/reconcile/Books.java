package dev.claudometer.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.model.Attribution;
import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledBucket.Line;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.Completion;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.Measure;
import dev.claudometer.model.OrganizationEntry;
import dev.claudometer.model.OrganizationEntry.Kind;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.Contract;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.store.Batch;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.bill.SqlBilling;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An organisation of November 2026 that a test makes up: what its machines counted, and what
/// Anthropic says of it. Keys whose name begins with `claude_code_key` use Claude Code.
final class Books implements AutoCloseable {

  static final String OPUS = "claude-opus-5-5";
  static final String CODE = "claude_code_key_ada";
  static final String CI = "ci-nightly";
  static final Instant NOW = Instant.parse("2026-11-21T00:30:00Z");
  static final Duration DAY = Duration.ofDays(1);

  final SqlStore store;
  final SqlBilling billing;
  private final Database database;
  private String ids = "";
  private PriceBook book = PriceBook.builtIn();
  private final Map<BilledReport, Map<LocalDate, List<Line>>> lines =
      new EnumMap<>(BilledReport.class);
  private final List<UsageEvent> events = new ArrayList<>();
  private final Map<BilledReport, LocalDate> first = new EnumMap<>(BilledReport.class);

  Books(Path directory) {
    database = SqliteStore.database(directory.resolve("server.db"), Durability.PROCESS);
    store = new SqlStore(database, () -> book);
    billing = new SqlBilling(database);
    for (BilledReport report :
        List.of(BilledReport.COST, BilledReport.MESSAGES, BilledReport.CLAUDE_CODE)) {
      first.put(report, LocalDate.parse("2026-11-01"));
    }
    billing.name(
        List.of(
            new OrganizationEntry(Kind.API_KEY, "k1", CODE, "", "", "", ""),
            new OrganizationEntry(Kind.API_KEY, "k2", CI, "", "", "", "")),
        Poll.first("names"));
  }

  /// From which day on a report is known; null for never.
  void known(BilledReport report, @Nullable String day) {
    if (day == null) {
      first.remove(report);
    } else {
      first.put(report, LocalDate.parse(day));
    }
  }

  /// What ids begin with, where others have counted in the same store.
  void ids(String beginning) {
    ids = beginning;
  }

  void contract(String modelPricing) throws IOException {
    book =
        book.under(
            Contract.read(
                new ByteArrayInputStream(
                    ("{\"modelPricing\":" + modelPricing + "}").getBytes(UTF_8))));
  }

  void counted(String at, String model, long input) {
    counted(DeviceId.THIS, at, model, new TokenCounts(input, 0, 0, 0, 0), 0, "", null);
  }

  void counted(
      DeviceId device,
      String at,
      String model,
      TokenCounts tokens,
      int searches,
      String region,
      @Nullable Usd booked) {
    String id = ids + events.size();
    Instant instant = Instant.parse(at);
    var origin = new Origin.Line("/p/s.jsonl", events.size());
    var event =
        new UsageEvent(
            new EventKey("msg_" + id, "req_" + id),
            new Completion(instant, tokens.output()),
            new Usage(
                model,
                tokens,
                searches,
                0,
                new BillingTerms("standard", "", region),
                "end_turn",
                booked),
            new Attribution(
                new SessionId("s"),
                new ProjectName("p"),
                "main",
                "",
                false,
                false,
                instant,
                origin),
            false,
            origin,
            List.of());
    events.add(event);
    store.append(new Batch(device, List.of(event), List.of(), List.of(), List.of(), List.of()));
  }

  void plan(DeviceId device) {
    store.append(
        Batch.of(
            device,
            new LimitReading(
                "five_hour", 0.5, NOW.plusSeconds(3600), NOW.minusSeconds(60), "oauth")));
  }

  /// Input tokens of the usage report.
  void used(String day, String key, String model, String tier, String region, long input) {
    line(
        BilledReport.MESSAGES,
        day,
        Map.of(
            BilledDimension.API_KEY,
            key.equals(CODE) ? "k1" : "k2",
            BilledDimension.ACCOUNT,
            "",
            BilledDimension.WORKSPACE,
            "",
            BilledDimension.MODEL,
            model,
            BilledDimension.SERVICE_TIER,
            tier,
            BilledDimension.CONTEXT_WINDOW,
            "0-200k",
            BilledDimension.INFERENCE_GEO,
            region),
        Map.of(
            Measure.INPUT, input,
            Measure.OUTPUT, 0L,
            Measure.CACHE_READ, 0L,
            Measure.CACHE_WRITE_5M, 0L,
            Measure.CACHE_WRITE_1H, 0L));
  }

  void used(String day, String key, long input) {
    used(day, key, OPUS, "standard", "global", input);
  }

  void billed(String day, String model, String type, String dollars) {
    line(
        BilledReport.COST,
        day,
        Map.of(
            BilledDimension.WORKSPACE, "",
            BilledDimension.MODEL, model,
            BilledDimension.DESCRIPTION, type + " of " + model + " " + dollars,
            BilledDimension.COST_TYPE, type,
            BilledDimension.TOKEN_TYPE, "",
            BilledDimension.SERVICE_TIER, "standard",
            BilledDimension.CONTEXT_WINDOW, "0-200k",
            BilledDimension.INFERENCE_GEO, "global"),
        Map.of(Measure.COST, nanos(dollars)));
  }

  void billed(String day, String dollars) {
    billed(day, OPUS, "tokens", dollars);
  }

  void subscribed(String day, String model, String dollars) {
    line(
        BilledReport.CLAUDE_CODE_MODELS,
        day,
        Map.of(
            BilledDimension.ACTOR, "ada@x.example",
            BilledDimension.CUSTOMER_TYPE, "subscription",
            BilledDimension.MODEL, model),
        Map.of(Measure.COST, nanos(dollars)));
  }

  static long nanos(String dollars) {
    return new BigDecimal(dollars).movePointRight(9).longValueExact();
  }

  private void line(
      BilledReport report,
      String day,
      Map<BilledDimension, String> group,
      Map<Measure, Long> amounts) {
    lines
        .computeIfAbsent(report, _ -> new TreeMap<>())
        .computeIfAbsent(LocalDate.parse(day), _ -> new ArrayList<>())
        .add(new Line(new BilledGroup(group), new BilledAmounts(amounts)));
  }

  Reconciliation reconcile() {
    return reconcile(ZoneOffset.UTC, By.DAY);
  }

  /// Buckets of 1 to 21 November, of which the last is open.
  Reconciliation reconcile(ZoneId zone, By by) {
    for (BilledReport report : BilledReport.values()) {
      LocalDate from = first.get(report);
      Map<LocalDate, List<Line>> told = lines.getOrDefault(report, Map.of());
      if (from == null && told.isEmpty()) {
        continue;
      }
      LocalDate start = from == null ? told.keySet().iterator().next() : from;
      List<BilledBucket> buckets = new ArrayList<>();
      for (LocalDate day = start; day.getDayOfMonth() <= 21; day = day.plusDays(1)) {
        Instant at = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        buckets.add(
            new BilledBucket(report, at, at.plus(DAY), NOW, told.getOrDefault(day, List.of())));
      }
      billing.put(buckets, Poll.first("adminapi/" + report));
    }
    return new Reconciler(store, billing, KnownMachines.ofThisMachine(store), () -> book)
        .reconcile(
            new Period(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-30"), zone),
            by,
            NOW);
  }

  CauseDetail cause(DifferenceCause cause) {
    return new Reconciler(store, billing, KnownMachines.ofThisMachine(store), () -> book)
        .cause(
            new Period(
                LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-30"), ZoneOffset.UTC),
            cause,
            NOW);
  }

  @Override
  public void close() {
    store.close();
    database.close();
  }
}

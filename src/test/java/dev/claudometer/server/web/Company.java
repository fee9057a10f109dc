package dev.claudometer.server.web;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledBucket.Line;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.Measure;
import dev.claudometer.model.OrganizationEntry;
import dev.claudometer.model.OrganizationEntry.Kind;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.pricing.Cost;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.server.TestServer;
import dev.claudometer.store.poll.Poll;
import dev.claudometer.store.registry.DayNote;
import dev.claudometer.store.registry.SavedView;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Two months of a company, as a picture of a page should have it: people with machines, projects
/// with branches, plan windows, and a bill that nearly agrees.
final class Company {

  private static final List<String> PEOPLE =
      List.of(
          "Ada Okafor",
          "Chiara Moretti",
          "Dmitri Volkov",
          "Fatima Zahra El-Amrani",
          "Ines Duarte",
          "Katarzyna Wiśniewska",
          "Noor van den Berg",
          "Priya Raghunathan",
          "Ben Lindqvist",
          "Elif Yıldız",
          "Jonas Brandt",
          "Grace Nakamura");

  private static final List<String> PROJECTS =
      List.of("atlas-api", "ferry-etl", "claims-ocr", "loom-web", "infra-terraform", "docs-site");

  private static final List<String> BRANCHES =
      List.of("main", "main", "feat/stream-parser", "fix/retry-backoff", "feat/search", "refactor");

  private static final List<String> MODELS =
      List.of(
          "claude-opus-5-5",
          "claude-sonnet-5-5",
          "claude-opus-5-5",
          "claude-sonnet-5-5",
          "claude-opus-4-8",
          "claude-fable-5-2",
          "claude-haiku-5-5",
          "claude-sonnet-4-6");

  private static final int DAYS = 61;

  /// The session that stands out: the first person's, yesterday.
  static final String LARGEST = "s-0-%d-0".formatted(DAYS - 2);

  private static final int ON_PLANS = 4;
  private static final int PIECE = 500;

  private final TestServer server;
  private final Instant now;
  private final Random random = new Random(17);
  private final PriceBook prices = PriceBook.builtIn();
  private final Map<LocalDate, Map<String, TokenCounts>> billed = new TreeMap<>();
  private final Map<LocalDate, Map<String, TokenCounts>> subscribed = new TreeMap<>();

  /// @param now it ends then
  Company(TestServer server, Instant now) {
    this.server = server;
    this.now = now;
  }

  void open() {
    var office = new Office(server, now);
    Instant first = now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(DAYS - 1L));
    for (int person = 0; person < PEOPLE.size(); person++) {
      String name = PEOPLE.get(person);
      String key =
          office.machine(
              name.substring(0, name.indexOf(' ')).toLowerCase(Locale.ROOT) + "-mbp", name);
      List<String> elements = new ArrayList<>();
      for (int day = 0; day < DAYS; day++) {
        day(person, day, first.plus(Duration.ofDays(day)), elements);
      }
      if (person >= PEOPLE.size() - ON_PLANS) {
        elements.addAll(office.windows(person - PEOPLE.size() + ON_PLANS));
      }
      deliver(key, elements);
    }
    String desk = office.machine("build-server", "");
    List<String> nightly = new ArrayList<>();
    for (int day = 0; day < DAYS; day += 2) {
      session(
          "ci-" + day, 0, first.plus(Duration.ofDays(day)).plus(Duration.ofHours(3)), 6, nightly);
    }
    nightly.add(places());
    deliver(desk, nightly);
    bill(first);
    server.sightings.flush();
    keep();
    log();
  }

  private void keep() {
    var yesterday = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1);
    server.registry.notes().add(new DayNote("", yesterday, "release 2.1", "ada", true, now));
    server
        .registry
        .views()
        .add(
            new SavedView(
                "", "Atlas, a week", "/?project=-src-atlas-api", "7-days", "ada", true, now));
  }

  private static void log() {
    System.Logger log = System.getLogger("claudometer.jobs");
    log.log(System.Logger.Level.WARNING, "sessions were not observed: the database is busy");
    log.log(System.Logger.Level.INFO, "240 responses were older than 90 days and are deleted");
    System.getLogger("claudometer.tls")
        .log(System.Logger.Level.ERROR, "the new certificate cannot be used\nthe old one stays");
  }

  private void deliver(String key, List<String> elements) {
    var visit = new Visit(server);
    for (int from = 0; from < elements.size(); from += PIECE) {
      int to = Math.min(elements.size(), from + PIECE);
      visit.deliver(key, elements.subList(from, to).toArray(String[]::new));
    }
  }

  /// Whoever comes first in the list works most; at weekends few do.
  private void day(int person, int day, Instant at, List<String> elements) {
    DayOfWeek weekDay = at.atOffset(ZoneOffset.UTC).getDayOfWeek();
    boolean weekend = weekDay == DayOfWeek.SATURDAY || weekDay == DayOfWeek.SUNDAY;
    int sessions = weekend ? random.nextInt(8) / 7 : 1 + random.nextInt(3);
    sessions = person == 0 ? Math.max(1, sessions) : sessions;
    for (int session = 0; session < sessions; session++) {
      Instant begin =
          at.plus(Duration.ofMinutes(360 + 25L * random.nextInt(24) + random.nextInt(25)));
      int most = 3 + random.nextInt(Math.max(4, 26 - 2 * person)) + day / 9;
      String id = "s-%d-%d-%d".formatted(person, day, session);
      session(id, person, begin, id.equals(LARGEST) ? 180 : most, elements);
    }
  }

  private void session(
      String session, int person, Instant begin, int responses, List<String> elements) {
    boolean largest = session.equals(LARGEST);
    String project =
        largest ? PROJECTS.getFirst() : PROJECTS.get(random.nextInt(6) * random.nextInt(6) / 5);
    String branch = largest ? BRANCHES.get(2) : BRANCHES.get(random.nextInt(BRANCHES.size()));
    int usual = largest ? 0 : random.nextInt(MODELS.size());
    Instant at = begin;
    for (int i = 0; i < responses && at.isBefore(now); i++) {
      String model = MODELS.get(random.nextInt(4) == 0 ? random.nextInt(MODELS.size()) : usual);
      var tokens =
          new TokenCounts(
              20 + random.nextInt(300),
              300 + random.nextInt(3_000),
              2_000 + random.nextInt(30_000),
              0,
              30_000L + random.nextInt(60_000) + 3_000L * Math.min(i, 60));
      elements.add(response(session + "-" + i, at, session, project, branch, model, tokens));
      Map<LocalDate, Map<String, TokenCounts>> of =
          person >= PEOPLE.size() - ON_PLANS ? subscribed : billed;
      of.computeIfAbsent(LocalDate.ofInstant(at, ZoneOffset.UTC), _ -> new TreeMap<>())
          .merge(model, tokens, TokenCounts::plus);
      if (session.equals(LARGEST)) {
        happenings(at, i, elements);
      }
      at = at.plusSeconds(20 + random.nextInt(150));
    }
    if (branch.startsWith("feat") && responses > 12) {
      elements.add(
          """
          {"type":"activity","kind":"pull_request","key":"https://example/%s","at":"%s",\
          "session":"%s","project":"-src-%s","name":"acme/%s#%d","value":1}\
          """
              .formatted(session, begin, session, project, project, 100 + elements.size() % 400));
    }
  }

  /// Between the responses of the largest session something of everything.
  private static void happenings(Instant at, int number, List<String> elements) {
    if (number % 11 == 0) {
      elements.add(happening("prompt", at, "typed", 0));
    }
    if (number % 37 == 5) {
      elements.add(happening("api_error", at, "overloaded_error", 0));
      elements.add(happening("api_retry", at.plusSeconds(5), "529", 0));
    }
    if (number % 60 == 50) {
      elements.add(happening("compaction", at, "auto", 152_340));
    }
  }

  private static String happening(String kind, Instant at, String name, long value) {
    return """
    {"type":"activity","kind":"%s","key":"%s %s","at":"%s","session":"%s",\
    "project":"-src-atlas-api","name":"%s","value":%d}\
    """
        .formatted(kind, kind, at, at, LARGEST, name, value);
  }

  private static String response(
      String message,
      Instant at,
      String session,
      String project,
      String branch,
      String model,
      TokenCounts tokens) {
    return """
    {"type":"usage","message":"%s","at":"%s","model":"%s","input":%d,"output":%d,\
    "cacheWrite5m":%d,"cacheRead":%d,"stopReason":"end_turn","session":"%s","project":"-src-%s",\
    "branch":"%s","file":"/home/dev/.claude/projects/-src-%s/%s.jsonl","offset":42,\
    "tools":[{"id":"t%s","name":"%s"}]}\
    """
        .formatted(
            message,
            at,
            model,
            tokens.input(),
            tokens.output(),
            tokens.cacheWrite5m(),
            tokens.cacheRead(),
            session,
            project,
            branch,
            project,
            session,
            message,
            List.of("Read", "Edit", "Bash", "Grep", "Task").get(message.hashCode() % 5 & 3));
  }

  /// What directories are called.
  private String places() {
    var paths = new ArrayList<String>();
    PROJECTS.forEach(
        name -> paths.add("{\"project\":\"-src-%s\",\"path\":\"/src/%s\"}".formatted(name, name)));
    return """
    {"type":"file","file":"/t/a.jsonl","identity":"1","size":10,"modified":"%s","offset":10,\
    "fingerprint":1,"lineTypes":[{"name":"assistant","count":2}],"unknownFields":[],\
    "projectPaths":[%s]}\
    """
        .formatted(now, String.join(",", paths));
  }

  /// Up to yesterday, with what a key without an agent used.
  private void bill(Instant first) {
    Map<BilledReport, List<BilledBucket>> buckets = new HashMap<>();
    for (int day = 0; day < DAYS - 1; day++) {
      Instant at = first.plus(Duration.ofDays(day));
      LocalDate date = LocalDate.ofInstant(at, ZoneOffset.UTC);
      List<Line> tokens = new ArrayList<>();
      List<Line> costs = new ArrayList<>();
      List<Line> plans = new ArrayList<>();
      billed
          .getOrDefault(date, Map.of())
          .forEach(
              (model, used) -> {
                var nightly = new TokenCounts(900, 9_000L + random.nextInt(9_000), 0, 0, 80_000);
                tokens.add(messages("k1", model, used));
                tokens.add(messages("k2", model, nightly));
                costs.add(cost(model, list(model, used, at) + list(model, nightly, at)));
              });
      subscribed
          .getOrDefault(date, Map.of())
          .forEach((model, used) -> plans.add(plan(model, list(model, used, at))));
      put(buckets, BilledReport.MESSAGES, at, tokens);
      put(buckets, BilledReport.COST, at, costs);
      put(buckets, BilledReport.CLAUDE_CODE, at, List.of());
      put(buckets, BilledReport.CLAUDE_CODE_MODELS, at, plans);
    }
    buckets.forEach(
        (report, all) ->
            server.billing.put(
                all, Poll.first("adminapi/" + report.name().toLowerCase(Locale.ROOT))));
    server.billing.name(
        List.of(
            new OrganizationEntry(Kind.API_KEY, "k1", "claude_code_key_dev", "", "", "", ""),
            new OrganizationEntry(Kind.API_KEY, "k2", "ci-nightly", "", "", "", ""),
            new OrganizationEntry(Kind.WORKSPACE, "w1", "Engineering", "", "", "", "")),
        Poll.first("names"));
  }

  private void put(
      Map<BilledReport, List<BilledBucket>> buckets,
      BilledReport report,
      Instant day,
      List<Line> lines) {
    buckets
        .computeIfAbsent(report, _ -> new ArrayList<>())
        .add(new BilledBucket(report, day, day.plus(Duration.ofDays(1)), now, lines));
  }

  private static Line messages(String key, String model, TokenCounts tokens) {
    return new Line(
        new BilledGroup(
            Map.of(
                BilledDimension.API_KEY, key,
                BilledDimension.ACCOUNT, "",
                BilledDimension.WORKSPACE, "w1",
                BilledDimension.MODEL, model,
                BilledDimension.SERVICE_TIER, "standard",
                BilledDimension.CONTEXT_WINDOW, "0-200k",
                BilledDimension.INFERENCE_GEO, "global")),
        new BilledAmounts(
            Map.of(
                Measure.INPUT, tokens.input(),
                Measure.OUTPUT, tokens.output(),
                Measure.CACHE_READ, tokens.cacheRead(),
                Measure.CACHE_WRITE_5M, tokens.cacheWrite5m(),
                Measure.CACHE_WRITE_1H, tokens.cacheWrite1h())));
  }

  private static Line cost(String model, long nanos) {
    return new Line(
        new BilledGroup(
            Map.of(
                BilledDimension.WORKSPACE,
                "w1",
                BilledDimension.MODEL,
                model,
                BilledDimension.DESCRIPTION,
                "Usage of " + model,
                BilledDimension.COST_TYPE,
                "tokens")),
        new BilledAmounts(Map.of(Measure.COST, nanos)));
  }

  private static Line plan(String model, long nanos) {
    return new Line(
        new BilledGroup(
            Map.of(BilledDimension.MODEL, model, BilledDimension.CUSTOMER_TYPE, "subscription")),
        new BilledAmounts(Map.of(Measure.COST, nanos)));
  }

  private long list(String model, TokenCounts tokens, Instant at) {
    var usage = new Usage(model, tokens, 0, 0, BillingTerms.UNSTATED, Usage.ENDED, null);
    return prices.price(usage, at) instanceof Cost.Priced priced ? priced.amount().nanos() : 0;
  }
}

package dev.claudometer.source.adminapi;

import static dev.claudometer.model.BilledDimension.API_KEY;
import static dev.claudometer.model.BilledDimension.INFERENCE_GEO;
import static dev.claudometer.model.BilledDimension.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.Answer.Reason;
import dev.claudometer.fetch.Patience;
import dev.claudometer.fetch.Service;
import dev.claudometer.fetch.Simulator;
import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledBucket.Line;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import dev.claudometer.model.OrganizationEntry;
import dev.claudometer.model.OrganizationEntry.Kind;
import dev.claudometer.model.SpendCap;
import dev.claudometer.model.SpendLimit;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminApiTest {

  private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-20T12:34:56Z");

  private AdminSimulator simulator;
  private AdminApi api;

  @BeforeEach
  void start() {
    simulator = new AdminSimulator(NOW);
    api =
        new AdminApi(
            new Service(simulator.url(), Duration.ofSeconds(20)),
            AdminKey.of("sk-ant-admin01-canary"),
            "claudometer/test",
            new Patience(4, _ -> {}, new Random(1)));
  }

  @AfterEach
  void stop() {
    api.close();
    simulator.close();
  }

  @Test
  void usageIsReadByHourWithAllThatItIsGroupedBy() throws InterruptedException {
    simulator.messages.put(
        MIDNIGHT.plusSeconds(3600),
        List.of(
            AdminSimulator.usage("apikey_1", "claude-opus-4-6", 1500, 500),
            AdminSimulator.usage(null, "claude-opus-4-6", 1, 2)));
    ReportPart stretch = given(api.next(Report.MESSAGES, MIDNIGHT, null, NOW));
    assertThat(stretch.buckets()).hasSize(13);
    assertThat(stretch.until()).isEqualTo(Instant.parse("2026-11-20T13:00:00Z"));
    assertThat(stretch.more()).isFalse();
    assertThat(stretch.buckets().getFirst().lines()).isEmpty();
    BilledBucket used = stretch.buckets().get(1);
    assertThat(used.report()).isEqualTo(BilledReport.MESSAGES);
    assertThat(used.toldAt()).isEqualTo(NOW);
    Line first = used.lines().getFirst();
    assertThat(first.amounts().tokens()).isEqualTo(new TokenCounts(1500, 500, 20, 10, 30));
    assertThat(first.amounts().of(Measure.WEB_SEARCHES)).isEqualTo(2);
    assertThat(first.amounts().of(Measure.REQUESTS)).as("nobody counts them").isNull();
    assertThat(first.group().value(API_KEY)).isEqualTo("apikey_1");
    assertThat(used.lines().get(1).group().value(API_KEY)).as("the console's").isEmpty();
    assertThat(first.group().value(WORKSPACE)).as("the default one").isEmpty();
  }

  /// As Anthropic's page tells it: $500 from the seat, $314.025 spent; another without a limit, of
  /// whom it is not told what was spent.
  @Test
  void spendLimitsAreReadPageByPage() throws InterruptedException {
    simulator.most = 1;
    simulator.spendLimits =
        List.of(
            """
            {"scope":{"type":"user","user_id":"user_1"},"actor":{"type":"user_actor","user_id":\
            "user_1","name":"Jane Smith","email_address":"jane@example.com","deleted":false},\
            "amount":"50000","currency":"USD","period":"monthly","source":{"type":"seat_tier",\
            "seat_tier":"enterprise_standard"},"spend_limit_id":"spl_1","period_to_date_spend":\
            "31402.5"}\
            """,
            """
            {"scope":{"type":"user","user_id":"user_2"},"amount":null,"currency":"JPY","period":\
            "daily","source":{"type":"organization"},"period_to_date_spend":null}\
            """);
    assertThat(given(api.spendLimits(NOW)))
        .containsExactly(
            new SpendLimit(
                "user_1",
                "Jane Smith",
                "jane@example.com",
                "monthly",
                new Usd(500_000_000_000L),
                new Usd(314_025_000_000L),
                "USD",
                "seat_tier",
                NOW),
            new SpendLimit("user_2", "", "", "daily", null, null, "JPY", "organization", NOW));
    assertThat(simulator.asked).hasSize(2);
  }

  /// As Anthropic's page tells them: each scope has a field of its own for whom it holds, yen have
  /// no smaller unit, and a limit that is switched off keeps its amount.
  @Test
  void configuredSpendLimitsAreReadPageByPage() throws InterruptedException {
    simulator.most = 2;
    simulator.spendCaps =
        List.of(
            cap("spl_1", "{'type':'organization'}", "'50000'", "USD", false),
            cap("spl_2", "{'type':'rbac_group','rbac_group_id':'g1'}", "'50000'", "JPY", true),
            cap("spl_3", "{'type':'newer','newer_id':'n1'}", "null", "USD", true));
    assertThat(given(api.spendCaps(NOW)))
        .containsExactly(
            new SpendCap(
                "spl_1",
                "organization",
                "",
                "monthly",
                new Usd(500_000_000_000L),
                "USD",
                false,
                NOW),
            new SpendCap(
                "spl_2",
                "rbac_group",
                "g1",
                "monthly",
                new Usd(50_000_000_000_000L),
                "JPY",
                true,
                NOW),
            new SpendCap("spl_3", "newer", "", "monthly", null, "USD", true, NOW));
    assertThat(simulator.asked)
        .hasSize(2)
        .allSatisfy(
            asked ->
                assertThat(asked.headers().get("anthropic-beta"))
                    .isEqualTo("spend-limit-reads-2026-09-26"));
  }

  private static String cap(
      String id, String scope, String amount, String currency, boolean enabled) {
    return """
    {'type':'spend_limit','id':'%s','amount':%s,'created_at':'2026-10-01T00:00:00Z','currency':'%s',\
    'is_enabled':%s,'period':'monthly','scope':%s,'updated_at':'2026-10-01T00:00:00Z'}\
    """
        .formatted(id, amount, currency, enabled, scope)
        .replace('\'', '"');
  }

  @Test
  void olderServiceIsAskedForFewerDimensions() throws InterruptedException {
    simulator.old = true;
    simulator.messages.put(MIDNIGHT, List.of(AdminSimulator.usage("k", "m", 1, 1)));
    ReportPart stretch = given(api.next(Report.MESSAGES, MIDNIGHT, null, NOW));
    Line line = stretch.buckets().getFirst().lines().getFirst();
    assertThat(line.group().value(INFERENCE_GEO)).as("not asked for").isNull();
    int asked = simulator.asked.size();
    given(api.next(Report.MESSAGES, MIDNIGHT, null, NOW));
    assertThat(simulator.asked).as("it is remembered").hasSize(asked + 1);
  }

  @Test
  void pageIsContinuedByItsMark() throws InterruptedException {
    simulator.most = 5;
    ReportPart first = given(api.next(Report.MESSAGES, MIDNIGHT, null, NOW));
    assertThat(first.buckets()).hasSize(5);
    assertThat(first.more()).isTrue();
    ReportPart second = given(api.next(Report.MESSAGES, first.until(), first.mark(), NOW));
    assertThat(second.buckets().getFirst().from()).isEqualTo(first.until());
    assertThat(simulator.asked.getLast().parameter("page")).isEqualTo(first.mark().token());
  }

  @Test
  void centsAreExact() throws InterruptedException {
    simulator.costs.put(
        MIDNIGHT,
        List.of(
            AdminSimulator.cost("123.45", null, "Claude Usage - Input"),
            AdminSimulator.cost("123.78912", "wrkspc_1", "Claude Usage - Output"),
            AdminSimulator.cost("-0.1", "wrkspc_1", "Credit")));
    ReportPart stretch = given(api.next(Report.COST, MIDNIGHT, null, NOW));
    assertThat(stretch.buckets()).hasSize(1);
    assertThat(stretch.buckets().getFirst().lines())
        .extracting(line -> line.amounts().cost())
        .containsExactly(new Usd(1_234_500_000L), new Usd(1_237_891_200L), new Usd(-1_000_000L));
  }

  @Test
  void amountThatIsNoneIsRefusedWhole() throws InterruptedException {
    for (String cents : List.of("", "12,5", "1e9", "NaN", "0x12", " 1", "1".repeat(40))) {
      simulator.costs.put(MIDNIGHT, List.of(AdminSimulator.cost(cents, null, "x")));
      assertThat(reason(api.next(Report.COST, MIDNIGHT, null, NOW)))
          .as(cents)
          .isEqualTo(Reason.UNREADABLE);
    }
    simulator.costs.put(
        MIDNIGHT, List.of(AdminSimulator.cost("1", null, "x").replace("USD", "EUR")));
    assertThat(((Failed<ReportPart>) api.next(Report.COST, MIDNIGHT, null, NOW)).sentence())
        .contains("data[0].results[0].currency is 'EUR', not USD");
  }

  @Test
  void dayOfClaudeCodeIsThreeReportsOfAllItsPages() throws InterruptedException {
    simulator.most = 1;
    simulator.claudeCode.put(
        "2026-11-20",
        List.of(
            AdminSimulator.record("ada@x.example", 15, 25),
            AdminSimulator.record("bob@x.example", 1, 1),
            AdminSimulator.record("ada@x.example", 5, 5)));
    ReportPart stretch = given(api.next(Report.CLAUDE_CODE, MIDNIGHT, null, NOW));
    assertThat(stretch.more()).isFalse();
    assertThat(stretch.buckets())
        .extracting(BilledBucket::report)
        .containsExactly(
            BilledReport.CLAUDE_CODE,
            BilledReport.CLAUDE_CODE_TOOLS,
            BilledReport.CLAUDE_CODE_MODELS);
    assertThat(stretch.buckets().get(0).lines()).as("one per person").hasSize(2);
    assertThat(stretch.buckets().get(0).lines().getFirst().amounts().of(Measure.SESSIONS))
        .isEqualTo(20);
    assertThat(stretch.buckets().get(1).lines()).hasSize(4);
    BilledAmounts models = stretch.buckets().get(2).lines().getFirst().amounts();
    assertThat(models.cost()).as("a number of cents").isEqualTo(new Usd(2 * 1_860_000_000L));
    assertThat(models.of(Measure.INPUT)).isEqualTo(2 * 45_230);
  }

  @Test
  void requestsAreKnownOnlyWhereTheyAreCounted() throws InterruptedException {
    assertThat(reason(api.next(Report.REQUESTS, MIDNIGHT, null, NOW))).isEqualTo(Reason.ABSENT);
    simulator.requests = new TreeMap<>();
    simulator.requests.put(
        MIDNIGHT,
        List.of(
            AdminSimulator.row(MIDNIGHT, "k1", "m", 5, 3L),
            AdminSimulator.row(MIDNIGHT, "k2", "m", 5, null)));
    ReportPart stretch = given(api.next(Report.REQUESTS, MIDNIGHT, null, NOW));
    assertThat(stretch.buckets()).as("hours so far").hasSize(13);
    assertThat(stretch.buckets().getFirst().lines())
        .extracting(line -> line.amounts().of(Measure.REQUESTS))
        .containsExactly(3L, null);
    assertThat(simulator.asked.getLast().headers())
        .containsEntry("anthropic-beta", "analytics-usage-cost-2026-08-24");
  }

  @Test
  void dollarsByKeyAreKnownOnlyWhereTheyAreTold() throws InterruptedException {
    assertThat(reason(api.next(Report.KEY_COST, MIDNIGHT, null, NOW))).isEqualTo(Reason.ABSENT);
    simulator.keyCosts =
        new TreeMap<>(Map.of(MIDNIGHT, List.of(AdminSimulator.cost(MIDNIGHT, "k1", "m", "12.5"))));
    ReportPart stretch = given(api.next(Report.KEY_COST, MIDNIGHT, null, NOW));
    assertThat(stretch.buckets())
        .extracting(BilledBucket::report)
        .containsOnly(BilledReport.KEY_COST);
    assertThat(stretch.buckets().getFirst().lines())
        .extracting(line -> line.amounts().cost())
        .containsExactly(new Usd(125_000_000));
    simulator.keyCosts.put(
        MIDNIGHT,
        List.of(AdminSimulator.cost(MIDNIGHT, "k1", "m", "12.5").replace("\"12.5\"", "12.5")));
    assertThat(reason(api.next(Report.KEY_COST, MIDNIGHT, null, NOW)))
        .as("a number may be dollars")
        .isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void namesOfAllPagesAreRead() throws InterruptedException {
    simulator.most = 1;
    simulator.lists.put(
        "api_keys",
        List.of(
            """
            {"id":"apikey_1","type":"api_key","name":"ci","partial_key_hint":"sk-ant-api03-R2D...",\
            "status":"active","workspace_id":"wrkspc_1","created_by":{"id":"user_1","type":"user"}}\
            """,
            """
            {"id":"apikey_2","type":"api_key","name":"old","status":"archived",\
            "workspace_id":null,"created_by":null,"principal":null}\
            """));
    simulator.lists.put(
        "users",
        List.of(
            "{\"id\":\"user_1\",\"type\":\"user\",\"email\":\"ada@x.example\",\"name\":\"Ada\",\"role\":\"developer\"}"));
    simulator.lists.put(
        "workspaces",
        List.of("{\"id\":\"wrkspc_1\",\"name\":\"Build\",\"archived_at\":null,\"tags\":{}}"));
    assertThat(api.entries())
        .isEqualTo(
            new Given<>(
                List.of(
                    new OrganizationEntry(
                        Kind.API_KEY, "apikey_1", "ci", "", "active", "user_1", "wrkspc_1"),
                    new OrganizationEntry(Kind.API_KEY, "apikey_2", "old", "", "archived", "", ""),
                    new OrganizationEntry(
                        Kind.USER, "user_1", "Ada", "ada@x.example", "developer", "", ""),
                    new OrganizationEntry(Kind.WORKSPACE, "wrkspc_1", "Build", "", "", "", ""))));
  }

  @Test
  void keyTellsWhoseItIs() throws InterruptedException {
    assertThat(api.organization())
        .isEqualTo(
            new Given<>(new OrganizationEntry(Kind.ORGANIZATION, "org-1", "Acme", "", "", "", "")));
  }

  @Test
  void whatPassesIsAskedAgain() throws InterruptedException {
    simulator.fails(Simulator.status(529, ""));
    simulator.fails(Simulator.cut());
    simulator.fails(Simulator.status(429, "", "retry-after", "3"));
    assertThat(given(api.next(Report.MESSAGES, MIDNIGHT, null, NOW)).buckets()).hasSize(13);
  }

  @Test
  void wrongTypesAndOrdersAreRefusedWithTheirPlace() throws InterruptedException {
    simulator.messages.put(
        MIDNIGHT, List.of(AdminSimulator.usage("k", "m", 1, 1).replace(":30,", ":\"30\",")));
    assertThat(((Failed<ReportPart>) api.next(Report.MESSAGES, MIDNIGHT, null, NOW)).sentence())
        .isEqualTo(
            "localhost answered /v1/organizations/usage_report/messages with something unexpected:"
                + " data[0].results[0].cache_read_input_tokens is '30', not a number");
    simulator.messages.clear();
    for (String page :
        List.of(
            "{\"data\":[],\"has_more\":true,\"next_page\":\"p\"}",
            "{\"has_more\":false}",
            "{\"data\":{}}",
            "{\"data\":[{\"starting_at\":\"2026-11-19T00:00:00Z\",\"ending_at\":\"2026-11-19T01:00:00Z\",\"results\":[]}]}",
            "{\"data\":[{\"starting_at\":\"2026-11-20T00:00:00Z\",\"ending_at\":\"2026-11-20T00:00:00Z\",\"results\":[]}]}",
            "{\"data\":[{\"starting_at\":\"yesterday\",\"ending_at\":\"2026-11-20T00:00:00Z\",\"results\":[]}]}")) {
      simulator.fails(Simulator.status(200, page));
      assertThat(reason(api.next(Report.MESSAGES, MIDNIGHT, null, NOW)))
          .as(page)
          .isEqualTo(Reason.UNREADABLE);
    }
  }

  @Test
  void pagesWithoutEndAreGivenUp() throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      simulator.fails(
          Simulator.status(200, "{\"data\":[],\"has_more\":true,\"next_page\":\"same\"}"));
    }
    assertThat(reason(api.next(Report.CLAUDE_CODE, MIDNIGHT, null, NOW)))
        .isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void keyThatIsNoAdminKeyIsRefusedBeforeAnythingIsAsked() {
    assertThatThrownBy(() -> AdminKey.of("sk-ant-api03-canary"))
        .hasMessageContaining("admin key")
        .hasMessageNotContaining("canary");
    for (String other :
        List.of(
            "canary with blanks\n",
            "correct-horse-canary",
            "sk-ant-oat01-canary",
            "sk-ant-sid01-canary",
            "sk-proj-canary",
            "SK-ANT-ADMIN01-canary",
            "xsk-ant-admin01-canary",
            "sk-ant-admin",
            "sk-ant-admin01-canary and more",
            "sk-ant-admin01-canary\r\nx: y")) {
      assertThatThrownBy(() -> AdminKey.of(other))
          .as(other)
          .hasMessageContaining("sk-ant-admin")
          .hasMessageNotContaining("canary");
    }
    assertThat(AdminKey.of(" sk-ant-admin01-canary\n").toString()).doesNotContain("canary");
  }

  @Test
  void keyGoesIntoItsHeaderOnly() throws InterruptedException {
    given(api.next(Report.MESSAGES, MIDNIGHT, null, NOW));
    Simulator.Asked asked = simulator.asked.getLast();
    assertThat(asked.headers())
        .containsEntry("x-api-key", "sk-ant-admin01-canary")
        .containsEntry("anthropic-version", "2023-06-01")
        .containsEntry("user-agent", "claudometer/test");
    assertThat(Map.of(asked.path(), asked.parameters()).toString()).doesNotContain("canary");
  }

  private static <T> T given(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Given.class);
    return ((Given<T>) answer).value();
  }

  private static Reason reason(Answer<ReportPart> answer) {
    assertThat(answer).isInstanceOf(Failed.class);
    return ((Failed<ReportPart>) answer).reason();
  }
}

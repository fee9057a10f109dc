package dev.claudometer.reconcile;

import static dev.claudometer.reconcile.Books.CI;
import static dev.claudometer.reconcile.Books.CODE;
import static dev.claudometer.reconcile.Books.OPUS;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.BilledReport;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each cause alone, by numbers from paper: a million input tokens of Opus 5.5 cost $4.
class ReconcilerTest {

  private static final String DAY = "2026-11-20";
  private static final String NOON = "2026-11-20T12:00:00Z";
  private static final long MILLION = 1_000_000;
  private static final TokenCounts INPUT = new TokenCounts(MILLION, 0, 0, 0, 0);

  private Books books;

  @BeforeEach
  void open(@TempDir Path directory) {
    books = new Books(directory);
  }

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void whatIsBilledAsItWasCountedDiffersInNothing() {
    books.counted(NOON, OPUS, MILLION);
    books.used(DAY, CODE, MILLION);
    books.billed(DAY, "4");
    assertThat(causes()).isEmpty();
    Reconciliation answer = books.reconcile();
    assertThat(answer.counted().known()).isEqualTo(new Usd(4_000_000_000L));
    assertThat(answer.billed().known()).isEqualTo(new Usd(4_000_000_000L));
    assertThat(answer.difference()).isEqualTo(Usd.ZERO);
    assertThat(answer.unknown()).isEqualTo(Usd.ZERO);
  }

  @Test
  void keysThatClaudeCodeDoesNotUse() {
    books.counted(NOON, OPUS, 2 * MILLION);
    books.used(DAY, CODE, 2 * MILLION);
    books.used(DAY, CI, MILLION);
    books.billed(DAY, "12");
    assertThat(causes()).isEqualTo(Map.of(DifferenceCause.WITHOUT_AGENT, "4"));
    assertThat(books.reconcile().parts().getFirst().of()).containsExactly(CI);
  }

  @Test
  void claudeCodeThatNoAgentTold() {
    books.counted(NOON, OPUS, 2 * MILLION);
    books.used(DAY, CODE, 3 * MILLION);
    books.billed(DAY, "12");
    assertThat(causes()).isEqualTo(Map.of(DifferenceCause.NOT_COUNTED, "4"));
  }

  @Test
  void whereNobodySaysWhoUsesClaudeCodeTheCauseIsUnknown() {
    books.known(BilledReport.CLAUDE_CODE, null);
    books.counted(NOON, OPUS, 2 * MILLION);
    books.used(DAY, CI, 3 * MILLION);
    books.billed(DAY, "12");
    assertThat(causes()).isEqualTo(Map.of(DifferenceCause.UNKNOWN, "4"));
  }

  @Test
  void machinesWithAPlan() {
    var laptop = new DeviceId("d_1");
    books.plan(laptop);
    books.counted(laptop, NOON, OPUS, INPUT, 0, "", null);
    books.counted(NOON, OPUS, MILLION);
    books.used(DAY, CODE, MILLION);
    books.billed(DAY, "4");
    assertThat(causes()).isEqualTo(Map.of(DifferenceCause.PLAN_USAGE, "-4"));
  }

  @Test
  void subscriptionsThatAnthropicTellsOf() {
    books.counted(NOON, OPUS, MILLION);
    books.subscribed(DAY, OPUS, "3");
    assertThat(causes())
        .as("$3 of the $4 are a subscription's; nothing says what the fourth is")
        .isEqualTo(Map.of(DifferenceCause.PLAN_USAGE, "-3", DifferenceCause.UNKNOWN, "-1"));
  }

  @Test
  void webSearchesAndCodeExecution() {
    books.counted(DeviceId.THIS, NOON, OPUS, INPUT, 3, "", null);
    books.used(DAY, CODE, MILLION);
    books.billed(DAY, "4");
    books.billed(DAY, "", "web_search", "0.05");
    books.billed(DAY, "", "code_execution", "1.5");
    books.billed(DAY, "", "session_usage", "0.25");
    assertThat(causes())
        .isEqualTo(
            Map.of(
                DifferenceCause.WEB_SEARCHES, "0.02",
                DifferenceCause.CODE_EXECUTION, "1.5",
                DifferenceCause.SESSION_USAGE, "0.25"));
  }

  @Test
  void modelsWithoutAPrice() {
    books.counted(NOON, "claude-nova-9", MILLION);
    books.used(DAY, CODE, "claude-nova-9", "standard", "global", MILLION);
    books.billed(DAY, "claude-nova-9", "tokens", "7");
    assertThat(causes()).isEqualTo(Map.of(DifferenceCause.UNPRICED, "7"));
    assertThat(books.reconcile().counted().isUnknown()).isTrue();
  }

  @Test
  void priorityTierIsInNoDollars() {
    books.counted(NOON, OPUS, MILLION);
    books.used(DAY, CODE, OPUS, "priority", "global", MILLION);
    assertThat(causes()).isEqualTo(Map.of(DifferenceCause.PRIORITY_TIER, "-4"));
    Reconciliation answer = books.reconcile();
    assertThat(answer.billed().unbilledTokens()).isEqualTo(MILLION);
    assertThat(answer.billed().whole()).isFalse();
    assertThat(answer.open()).anyMatch(line -> line.startsWith("Priority Tier: 1,000,000 tokens"));
  }

  @Test
  void batchesCostHalf() {
    books.used(DAY, CI, OPUS, "batch", "global", MILLION);
    books.billed(DAY, "2");
    assertThat(causes())
        .isEqualTo(Map.of(DifferenceCause.WITHOUT_AGENT, "4", DifferenceCause.BATCH, "-2"));
  }

  @Test
  void regionsCostATenthMoreUnlessTranscriptsSaySo() {
    books.counted(NOON, OPUS, MILLION);
    books.used(DAY, CODE, OPUS, "standard", "us", MILLION);
    books.billed(DAY, "4.4");
    assertThat(causes()).isEqualTo(Map.of(DifferenceCause.REGION, "0.4"));
  }

  @Test
  void regionThatTranscriptsTellIsNoDifference() {
    books.counted(DeviceId.THIS, NOON, OPUS, INPUT, 0, "us", null);
    books.used(DAY, CODE, OPUS, "standard", "us", MILLION);
    books.used(DAY, CI, MILLION);
    books.billed(DAY, "8.4");
    assertThat(causes()).isEqualTo(Map.of(DifferenceCause.WITHOUT_AGENT, "4"));
  }

  @Test
  void contract() throws IOException {
    books.contract("{\"multiplier\":0.85}");
    books.counted(NOON, OPUS, MILLION);
    books.used(DAY, CODE, MILLION);
    books.billed(DAY, "3.4");
    assertThat(causes()).isEqualTo(Map.of(DifferenceCause.CONTRACT, "-0.6"));
    assertThat(books.reconcile().contract()).isEqualTo(new Usd(3_400_000_000L));
  }

  @Test
  void discountThatNobodyToldIsUnknown() {
    books.counted(NOON, OPUS, MILLION);
    books.used(DAY, CODE, MILLION);
    books.billed(DAY, "3.4");
    assertThat(causes()).isEqualTo(Map.of(DifferenceCause.UNKNOWN, "-0.6"));
    assertThat(books.reconcile().unknown()).isEqualTo(new Usd(-600_000_000L));
  }

  @Test
  void credits() {
    books.counted(NOON, OPUS, MILLION);
    books.used(DAY, CODE, MILLION);
    books.billed(DAY, "4");
    books.billed(DAY, "", "", "-2.5");
    assertThat(causes()).isEqualTo(Map.of(DifferenceCause.CREDITS, "-2.5"));
  }

  @Test
  void todayIsNotBilledYet() {
    books.counted("2026-11-21T00:10:00Z", OPUS, MILLION);
    books.billed("2026-11-21", "1");
    assertThat(causes()).isEqualTo(Map.of(DifferenceCause.NOT_BILLED_YET, "-3"));
  }

  @Test
  void daysBeforeTheFirstBillAreNotRead() {
    books.known(BilledReport.COST, "2026-11-10");
    books.counted("2026-11-05T12:00:00Z", OPUS, MILLION);
    books.counted(NOON, OPUS, MILLION);
    books.used(DAY, CODE, MILLION);
    books.billed(DAY, "4");
    assertThat(causes()).isEqualTo(Map.of(DifferenceCause.NOT_READ, "-4"));
    assertThat(books.reconcile().open())
        .contains("Bill: it is known from 2026-11-10 00:00 to 2026-11-22 00:00 UTC.");
  }

  @Test
  void hoursOfAnotherZone() {
    books.counted("2026-10-31T23:30:00Z", OPUS, MILLION);
    Reconciliation answer = books.reconcile(ZoneId.of("Europe/Berlin"), By.DAY);
    assertThat(causes(answer)).isEqualTo(Map.of(DifferenceCause.UTC_MIDNIGHT, "-4"));
    assertThat(answer.counted().known()).isEqualTo(new Usd(4_000_000_000L));
    assertThat(answer.rows()).hasSize(1);
    assertThat(answer.rows().getFirst().counted()).isEqualTo(new Usd(4_000_000_000L));
  }

  @Test
  void whatOldClientsBooked() {
    books.counted(DeviceId.THIS, NOON, OPUS, INPUT, 0, "", new Usd(3_000_000_000L));
    books.used(DAY, CODE, MILLION);
    books.billed(DAY, "4");
    assertThat(causes()).isEqualTo(Map.of(DifferenceCause.BOOKED_BY_CLIENT, "1"));
  }

  @Test
  void withoutABillNothingIsKnownOfTheDifference() {
    books.known(BilledReport.COST, null);
    books.counted(NOON, OPUS, MILLION);
    Reconciliation answer = books.reconcile();
    assertThat(answer.parts()).isNull();
    assertThat(answer.difference()).isNull();
    assertThat(answer.unknown()).isNull();
    assertThat(answer.billed().known()).isNull();
    assertThat(answer.rows().getFirst().difference()).isNull();
    assertThat(answer.open())
        .contains("Bill: nothing is known of what Anthropic billed for these days.");
  }

  @Test
  void tokensWhosePriceDependsOnEachPromptAreUnknownUnlessTheyAreTheSame() {
    books.counted(NOON, "claude-haiku-5-5", MILLION);
    books.used(DAY, CODE, "claude-haiku-5-5", "standard", "global", 2 * MILLION);
    books.billed(DAY, "claude-haiku-5-5", "tokens", "0.6");
    assertThat(causes())
        .as("$0.50 in one large prompt")
        .isEqualTo(Map.of(DifferenceCause.UNKNOWN, "0.1"));
  }

  @Test
  void keysAndWorkspacesAreNotToldByTranscripts() {
    books.counted(NOON, OPUS, MILLION);
    books.used(DAY, CODE, MILLION);
    books.used(DAY, CI, MILLION);
    books.billed(DAY, "8");
    Reconciliation answer = books.reconcile(UTC, By.KEY);
    assertThat(answer.rows())
        .extracting(row -> row.name() + " " + row.counted() + " " + row.billed())
        .containsExactly(CI + " null null", CODE + " null null");
    assertThat(answer.rows().getFirst().told()).isEqualTo(new Usd(4_000_000_000L));
  }

  @Test
  void pageHasEveryCauseInItsOrder() throws IOException {
    assertThat(Files.readString(Path.of("docs/reconcile.md")))
        .contains(
            Stream.of(DifferenceCause.values())
                .map(
                    cause ->
                        String.join(
                            " | ",
                            "| `" + cause.key() + "`",
                            cause.title(),
                            cause.known(),
                            cause.todo() + " |\n"))
                .collect(Collectors.joining()));
  }

  private Map<DifferenceCause, String> causes() {
    return causes(books.reconcile());
  }

  /// Whose sum is the difference, in all and in the rows.
  private static Map<DifferenceCause, String> causes(Reconciliation answer) {
    Map<DifferenceCause, String> causes = new TreeMap<>();
    answer
        .parts()
        .forEach(part -> causes.put(part.cause(), part.amount().dollars().toPlainString()));
    Usd counted = answer.counted().known() == null ? Usd.ZERO : answer.counted().known();
    assertThat(counted.plus(answer.difference())).isEqualTo(answer.billed().known());
    return causes;
  }
}

package dev.claudometer.reconcile;

import static dev.claudometer.reconcile.Books.CI;
import static dev.claudometer.reconcile.Books.CODE;
import static dev.claudometer.reconcile.Books.OPUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.reconcile.lines.CauseLines;
import dev.claudometer.reconcile.lines.CauseTrail;
import dev.claudometer.report.KnownMachines;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A day with something of every cause: each goes down to what it is made of, and to nothing else.
class CauseTrailTest {

  private static final String DAY = "2026-11-20";
  private static final String NOON = DAY + "T12:00:00Z";
  private static final String NOVA = "claude-nova-9";
  private static final TokenCounts INPUT = new TokenCounts(1_000_000, 0, 0, 0, 0);

  private Books books;

  @BeforeEach
  void day(@TempDir Path directory) {
    books = new Books(directory);
    var laptop = new DeviceId("d_plan");
    books.plan(laptop);
    books.counted(laptop, NOON, OPUS, INPUT, 1, "us", null);
    books.counted(NOON, OPUS, 1_000_000);
    books.counted(DeviceId.THIS, NOON, OPUS, INPUT, 3, "", null);
    books.counted(DeviceId.THIS, NOON, OPUS, INPUT, 0, "us", null);
    books.counted(DeviceId.THIS, NOON, OPUS, INPUT, 0, "", new Usd(3_000_000_000L));
    books.counted(NOON, NOVA, 1_000_000);
    books.counted("2026-11-19T12:00:00Z", OPUS, 1_000_000);
    books.used(DAY, CODE, OPUS, "standard", "global", 1);
    books.used(DAY, CI, OPUS, "standard", "global", 2);
    books.used(DAY, CI, OPUS, "batch", "global", 3);
    books.used(DAY, CODE, OPUS, "priority", "us", 4);
    books.used(DAY, CODE, NOVA, "standard", "global", 5);
    books.used("2026-11-19", CODE, OPUS, "standard", "global", 6);
    books.billed(DAY, "4");
    books.billed(DAY, NOVA, "tokens", "7");
    books.billed(DAY, "", "web_search", "0.05");
    books.billed(DAY, "", "code_execution", "1.5");
    books.billed(DAY, "", "session_usage", "0.25");
    books.billed(DAY, "", "", "-2.5");
    books.subscribed(DAY, OPUS, "3");
    books.reconcile();
  }

  @AfterEach
  void close() {
    books.close();
  }

  /// Responses, lines of the usage report and lines of the cost report.
  @ParameterizedTest
  @EnumSource(DifferenceCause.class)
  void everyCauseGoesDownToWhatItIsMadeOf(DifferenceCause cause) {
    CauseLines lines = lines(cause);
    assertThat(List.of(lines.responses().size(), lines.uses().size(), lines.charges().size()))
        .isEqualTo(
            switch (cause) {
              case UTC_MIDNIGHT, NOT_READ -> List.of(6, 0, 0);
              case NOT_BILLED_YET -> List.of(6, 0, 6);
              case BOOKED_BY_CLIENT -> List.of(1, 0, 0);
              case WEB_SEARCHES -> List.of(1, 0, 1);
              case CODE_EXECUTION, SESSION_USAGE, CREDITS -> List.of(0, 0, 1);
              case UNPRICED -> List.of(1, 1, 1);
              case PLAN_USAGE -> List.of(1, 1, 0);
              case WITHOUT_AGENT -> List.of(0, 2, 0);
              case NOT_COUNTED -> List.of(5, 3, 0);
              case PRIORITY_TIER, BATCH -> List.of(0, 1, 0);
              case REGION -> List.of(1, 1, 0);
              case CONTRACT -> List.of(0, 5, 6);
              case UNKNOWN -> List.of(5, 5, 6);
            });
    assertThat(lines.more()).isFalse();
  }

  @Test
  void responseHasTheIdThatExplainTakes() {
    CauseLines.CountedResponse response =
        lines(DifferenceCause.BOOKED_BY_CLIENT).responses().getFirst();
    assertThat(response.message()).isEqualTo("msg_4");
    assertThat(response.cost()).isEqualTo(new Usd(3_000_000_000L));
    assertThat(lines(DifferenceCause.UNPRICED).responses().getFirst().cost()).isNull();
  }

  @Test
  void linesSayWhoseAndWhatTheyAre() {
    assertThat(lines(DifferenceCause.WITHOUT_AGENT).uses())
        .extracting(CauseLines.ToldLine::holder, CauseLines.ToldLine::input)
        .containsOnly(tuple(CI, 2L), tuple(CI, 3L));
    assertThat(lines(DifferenceCause.PLAN_USAGE).uses().getFirst().holder())
        .isEqualTo("ada@x.example");
    assertThat(lines(DifferenceCause.CREDITS).charges().getFirst().cost())
        .isEqualTo(new Usd(-2_500_000_000L));
  }

  private CauseLines lines(DifferenceCause cause) {
    return new CauseTrail(
            books.store,
            books.billing,
            KnownMachines.ofThisMachine(books.store),
            PriceBook::builtIn)
        .of(cause, LocalDate.parse(DAY));
  }
}

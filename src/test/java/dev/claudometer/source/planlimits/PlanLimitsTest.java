package dev.claudometer.source.planlimits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.Answer.Reason;
import dev.claudometer.fetch.Service;
import dev.claudometer.fetch.Simulator;
import dev.claudometer.json.JsonValue;
import dev.claudometer.model.CreditReading;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.QuotaReadings;
import dev.claudometer.model.Usd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanLimitsTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant WEEK_ENDS = Instant.parse("2026-11-24T09:00:00Z");

  @TempDir private Path directory;
  private Simulator simulator;
  private Service service;

  @BeforeEach
  void start() {
    simulator =
        new Simulator() {
          @Override
          protected String answer(Asked asked) {
            return UsageBodies.FULL;
          }
        };
    service = new Service(simulator.url(), Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() {
    service.close();
    simulator.close();
  }

  @Test
  void everyWindowIsReadWhateverItsNameAndOnce() {
    QuotaReadings readings = read(UsageBodies.FULL);
    assertThat(readings.limits())
        .containsExactly(
            limit("five_hour", 0.46, Instant.parse("2026-11-20T16:50:00Z")),
            limit("seven_day", 0.08, WEEK_ENDS),
            limit("seven_day_sonnet", 0, null),
            limit("iguana_necktie", 1.205, null),
            limit("extra_usage", 0.06, null),
            limit("weekly_scoped:Fable", 0.53, WEEK_ENDS));
    assertThat(readings.credits())
        .containsExactly(
            new CreditReading(
                "claude.extra_usage",
                new Usd(300_000_000_000L),
                new Usd(18_020_000_000L),
                NOW,
                "test"));
  }

  @Test
  void moneyIsReadFromWhereverItStands() {
    String spend = UsageBodies.FULL.replace("\"extra_usage\":{", "\"other\":{");
    QuotaReadings readings = read(spend);
    assertThat(readings.credits())
        .extracting(CreditReading::used)
        .containsExactly(new Usd(18_020_000_000L));
    assertThat(readings.limits())
        .extracting(LimitReading::window, LimitReading::utilization)
        .contains(tuple("spend", 0.06));
    assertThat(read(UsageBodies.FULL.replace("USD", "EUR")).credits())
        .extracting(CreditReading::currency, CreditReading::used)
        .containsExactly(tuple("EUR", new Usd(18_020_000_000L)));
    assertThat(read(UsageBodies.FULL.replace("30000", "null")).credits())
        .extracting(CreditReading::limit)
        .containsExactly((Usd) null);
  }

  @Test
  void oddFormsAreNoWindows() {
    for (String odd :
        List.of(
            "{}",
            "{\"five_hour\":{\"utilization\":\"46\"}}",
            "{\"five_hour\":{\"utilization\":-1}}",
            "{\"five_hour\":{\"utilization\":1e50}}",
            "{\"five_hour\":[46]}",
            "{\"limits\":{\"kind\":\"x\"}}",
            "{\"limits\":[{\"kind\":7,\"percent\":5}]}",
            "{\"extra_usage\":{\"used_credits\":1e55,\"decimal_places\":2}}",
            "{\"extra_usage\":{\"used_credits\":1,\"decimal_places\":\"two\"}}")) {
      assertThat(read(odd)).as(odd).isEqualTo(new QuotaReadings(List.of(), List.of()));
    }
  }

  private static QuotaReadings read(String body) {
    return new UsageBody(NOW, "test").read(JsonValue.parse(body.getBytes(UTF_8)));
  }

  private static LimitReading limit(String window, double utilization, Instant resetsAt) {
    return new LimitReading(window, utilization, resetsAt, NOW, "test");
  }

  @Test
  void cacheIsAsOldAsItSays() throws IOException {
    Path file = directory.resolve(".claude.json");
    assertThat(new CachedUsage(file).ask(NOW)).as("no file").isInstanceOf(Given.class);
    long fetched = NOW.minusSeconds(86_400).toEpochMilli();
    Files.writeString(
        file,
        "{\"userID\":\"x\",\"projects\":{\"/"
            + "long/".repeat(800)
            + "\":{\"prompt\":\""
            + "y".repeat(100_000)
            + "\"}},\"cachedUsageUtilization\":{\"fetchedAtMs\":"
            + fetched
            + ",\"accountUuid\":\"u\",\"utilization\":"
            + UsageBodies.FULL
            + "},\"numStartups\":7}");
    QuotaReadings readings = given(new CachedUsage(file).ask(NOW));
    assertThat(readings.limits()).hasSize(6);
    assertThat(readings.limits().getFirst().at()).isEqualTo(NOW.minusSeconds(86_400));
    assertThat(readings.limits().getFirst().origin()).isEqualTo("cache");
  }

  @Test
  void cacheThatIsNoneIsUnreadable() throws IOException {
    Path file = directory.resolve(".claude.json");
    for (String content :
        List.of(
            "",
            "[]",
            "{\"cachedUsageUtilization\":",
            "{\"cachedUsageUtilization\":7}",
            "{\"cachedUsageUtilization\":{\"utilization\":{}}}",
            "{\"cachedUsageUtilization\":{\"fetchedAtMs\":99999999999999,\"utilization\":{}}}")) {
      Files.writeString(file, content);
      assertThat(reason(new CachedUsage(file).ask(NOW))).as(content).isEqualTo(Reason.UNREADABLE);
    }
    Files.writeString(file, "{\"userID\":\"x\"}");
    assertThat(given(new CachedUsage(file).ask(NOW)).limits()).isEmpty();
  }

  @Test
  void tokenIsReadAndSentAndNeverRefreshed() throws IOException, InterruptedException {
    Path file = directory.resolve(".credentials.json");
    String credentials =
        "{\"claudeAiOauth\":{\"accessToken\":\"sk-ant-oat01-canary\",\"refreshToken\":\"sk-ant-ort01-x\",\"expiresAt\":%d}}";
    Files.writeString(file, credentials.formatted(NOW.plusSeconds(60).toEpochMilli()));
    var usage = new OAuthUsage(service, new OAuthToken("", file));
    assertThat(given(usage.ask(NOW)).limits()).hasSize(6);
    assertThat(simulator.asked.getLast().path()).isEqualTo("/api/oauth/usage");
    assertThat(simulator.asked.getLast().headers())
        .containsEntry("authorization", "Bearer sk-ant-oat01-canary")
        .containsEntry("anthropic-beta", "oauth-2025-04-20")
        .hasEntrySatisfying("user-agent", agent -> assertThat(agent).startsWith("claude-code/"));
    assertThat(usage.toString()).doesNotContain("canary");
    Answer<QuotaReadings> expired = usage.ask(NOW.plusSeconds(60));
    assertThat(((Failed<QuotaReadings>) expired).sentence()).contains("has expired");
    assertThat(simulator.asked).as("an expired token is not sent").hasSize(1);
    Files.writeString(file, "{\"claudeAiOauth\":{\"accessToken\":\"canary with blanks\"}}");
    assertThat(((Failed<QuotaReadings>) usage.ask(NOW)).sentence()).doesNotContain("canary");
    Files.delete(file);
    assertThat(((Failed<QuotaReadings>) usage.ask(NOW)).sentence()).contains("log in");
    assertThat(
            given(new OAuthUsage(service, new OAuthToken("sk-ant-oat01-env", file)).ask(NOW))
                .limits())
        .isNotEmpty();
  }

  @Test
  void resetsAreKnownToTheSecond() {
    QuotaReadings readings =
        read(
            """
            {"five_hour":{"utilization":1,"resets_at":"2026-11-20T16:50:19.4+00:00"},
             "seven_day":{"utilization":1,"resets_at":"2026-11-20T16:50:18.6+00:00"}}""");
    assertThat(readings.limits())
        .extracting(LimitReading::resetsAt)
        .containsOnly(Instant.parse("2026-11-20T16:50:19Z"));
  }

  @Test
  void cookiesAreFetchedStrippedOfAttributesAndSent() throws IOException, InterruptedException {
    try (var server = new CookieServer();
        var jar = CookieJar.at(server.url())) {
      server.cookies =
          "sessionKey=sk-ant-sid01-canary; Path=/; Domain=claude.ai; Expires=Wed, 21 Oct 2027"
              + " 07:28:00 GMT; Max-Age=5; HttpOnly; Secure; SameSite=Lax; lastActiveOrg=o-1;"
              + " Path=/; cf=a=b";
      var usage = new CookieUsage(jar, service, "10cdca09-edfe-4888-a41a-86d694683d38");
      assertThat(given(usage.ask(NOW)).limits()).hasSize(6);
      assertThat(server.hosts).containsExactly(".claude.ai");
      assertThat(simulator.asked.getLast().path())
          .isEqualTo("/api/organizations/10cdca09-edfe-4888-a41a-86d694683d38/usage");
      assertThat(simulator.asked.getLast().headers())
          .containsEntry("cookie", "sessionKey=sk-ant-sid01-canary; lastActiveOrg=o-1; cf=a=b");
      simulator.fails(Simulator.status(403, "<html>just a moment</html>"));
      assertThat(((Failed<QuotaReadings>) usage.ask(NOW)).sentence())
          .contains("403")
          .doesNotContain("canary");
      server.cookies = null;
      assertThat(((Failed<QuotaReadings>) usage.ask(NOW)).sentence())
          .contains("has no cookies for .claude.ai");
      server.cookies = "x=" + "y".repeat(2 << 20);
      assertThat(usage.ask(NOW)).as("too large").isInstanceOf(Failed.class);
    }
  }

  @Test
  void cookieServiceThatIsAwayIsUnreachable() throws InterruptedException {
    try (var jar = CookieJar.at("http://127.0.0.1:1")) {
      assertThat(reason(new CookieUsage(jar, service, "o").ask(NOW))).isEqualTo(Reason.UNREACHABLE);
    }
    assertThatThrownBy(() -> CookieJar.at("cookiejar"))
        .isInstanceOf(IllegalArgumentException.class);
    try (var jar = CookieJar.at("http://127.0.0.1:1")) {
      assertThatThrownBy(() -> new CookieUsage(jar, service, "../secret"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static QuotaReadings given(Answer<QuotaReadings> answer) {
    assertThat(answer).isInstanceOf(Given.class);
    return ((Given<QuotaReadings>) answer).value();
  }

  private static Reason reason(Answer<QuotaReadings> answer) {
    assertThat(answer).isInstanceOf(Failed.class);
    return ((Failed<QuotaReadings>) answer).reason();
  }
}

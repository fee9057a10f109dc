package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// By paper. Opus 5.5: a million tokens of input ($4), of the five-minute cache ($5) and read
/// ($0.20), and 100,000 of output ($2) are $11.20. Haiku 5.5: a prompt of 150,000 tokens ($0.075)
/// and an answer of 10,000 ($0.025) are $0.10, five times what they cost below 100,000.
class WhatIfTest {

  @TempDir private Path directory;

  @BeforeEach
  void responses() throws IOException {
    Path file = directory.resolve(".claude/projects/-p/s.jsonl");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        line("a", "claude-opus-5-5", 1_000_000, 100_000, 1_000_000, 1_000_000)
            + line("b", "claude-haiku-5-5", 150_000, 10_000, 0, 0)
            + line("c", "claude-nova-9", 10, 10, 0, 0));
  }

  @Test
  void hourOfCacheCostsMore() throws IOException {
    JsonNode answer = json("--cache-ttl", "1h");
    sums(answer, "11.3", "14.3", "3");
    assertThat(answer.get("responses").asInt()).isEqualTo(2);
    assertThat(answer.get("unpriced").asInt()).isEqualTo(1);
    assertThat(answer.get("changed").asInt()).isEqualTo(1);
    assertThat(answer.get("changes")).hasSize(1);
    assertThat(answer.at("/changes/0/id").asText()).isEqualTo("msg_a");
    assertThat(answer.at("/changes/0/prompt").asLong()).isEqualTo(3_000_000);
    assertThat(answer.at("/unsaid").asText()).contains("would change the tokens");
    sums(json("--cache-ttl", "5m"), "11.3", "11.3", "0");
  }

  /// Sonnet 5.5: 2 + 1 + 2.50 + 0.10.
  @Test
  void otherModelIsTheNewestOfItsName() throws IOException {
    JsonNode answer = json("--model", "opus=sonnet");
    sums(answer, "11.3", "5.7", "-5.6");
    assertThat(answer.get("rule").asText()).isEqualTo("claude-sonnet-5-5 in the place of opus");
    assertThat(run("--model", "opus=oracle").err()).contains("'opus=oracle' is not that");
  }

  /// As `claude-opus-5-5` begins with it, but is another one.
  @Test
  void modelNamedInFullIsThatOneAlone() throws IOException {
    sums(json("--model", "claude-opus-5=sonnet"), "11.3", "11.3", "0");
    sums(json("--model", "Claude-Opus-5-5=sonnet"), "11.3", "5.7", "-5.6");
    sums(json("--model", "opus-5=sonnet"), "11.3", "5.7", "-5.6");
  }

  @Test
  void cliffOfHaikuIsFourFifths() throws IOException {
    sums(json("--short-prompts"), "11.3", "11.22", "-0.08");
  }

  /// $1 for each million, of Opus 5.5 alone: 1 + 0.10 + 1 + 1.
  @Test
  void otherPricesAreThoseOfAFile() throws IOException {
    Path prices = directory.resolve("prices.json");
    Files.writeString(
        prices,
        """
        {"asOf":"2026-11","models":[{"id":"claude-opus-5-5","source":"here","periods":[{"rates":
          {"input":1,"output":1,"cacheWrite5m":1,"cacheWrite1h":1,"cacheRead":1}}]}]}\
        """);
    JsonNode answer = json("--prices", prices.toString());
    sums(answer, "11.2", "3.1", "-8.1");
    assertThat(answer.get("unpriced").asInt()).isEqualTo(2);
  }

  /// Half of each list price.
  @Test
  void contractIsThatOfTheManagedSettings() throws IOException {
    Path settings = Files.createDirectories(directory.resolve("managed"));
    Files.writeString(
        settings.resolve("managed-settings.json"), "{\"modelPricing\":{\"multiplier\":0.5}}");
    sums(json("--contract"), "11.3", "5.65", "-5.65");
  }

  @Test
  void withoutContractItSaysThatNoneIsKnown() {
    CommandRun run = run("--contract");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("claudometer: no contract prices (modelPricing) are known on this machine")
        .hasLineCount(1);
  }

  @Test
  void planCostsTheSameInEachMonth() throws IOException {
    JsonNode answer = json("--plan", "max");
    sums(answer, "11.3", "100", "88.7");
    assertThat(answer.at("/rows/0/name").asText()).isEqualTo("2026-11");
    assertThat(answer.get("unsaid").asText()).contains("limits --why");
  }

  @Test
  void tableAndCsvTellTheWhole() {
    assertThat(run("--cache-ttl", "1h", "-z", "UTC").out())
        .isEqualTo(
            """
            With caches that keep for an hour:

                              Responses    Cost    Then  Difference
            ───────────────────────────────────────────────────────
            claude-opus-5-5           1  $11.20  $14.20      +$3.00
            claude-haiku-5-5          1   $0.10   $0.10       $0.00
            ───────────────────────────────────────────────────────
            total                     2  $11.30  $14.30      +$3.00

            When              Session  Model               Prompt   Output    Cost    Then  Difference
            ──────────────────────────────────────────────────────────────────────────────────────────
            2026-11-20 12:00  s        claude-opus-5-5  3,000,000  100,000  $11.20  $14.20      +$3.00
            1 response has no price under one of the two: in no sum.
            Not in it: What was written again because five minutes were over would be read instead: that would change the tokens.
            """);
    assertThat(run("--cache-ttl", "1h", "--csv").out())
        .isEqualTo(
            """
            name,responses,cost,costThen,costDifference\r
            total,2,11.3,14.3,3\r
            claude-opus-5-5,1,11.2,14.2,3\r
            claude-haiku-5-5,1,0.1,0.1,0\r
            """);
  }

  @Test
  void oneRuleIsNeeded() {
    assertThat(run().code()).isEqualTo(2);
    assertThat(run("--contract", "--short-prompts").code()).isEqualTo(2);
    assertThat(run("--cache-ttl", "2h").err()).contains("--cache-ttl takes 5m or 1h, not '2h'");
  }

  private static void sums(JsonNode answer, String cost, String then, String difference) {
    assertThat(answer.get("cost").decimalValue()).isEqualByComparingTo(cost);
    assertThat(answer.get("costThen").decimalValue()).isEqualByComparingTo(then);
    assertThat(answer.get("costDifference").decimalValue()).isEqualByComparingTo(difference);
  }

  private JsonNode json(String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--json");
    CommandRun run = run(all.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  private CommandRun run(String... options) {
    List<String> all = new ArrayList<>(List.of("what-if"));
    all.addAll(List.of(options));
    return CommandRun.of(
        directory,
        Map.of(
            "XDG_STATE_HOME",
            directory.resolve("state").toString(),
            "CLAUDOMETER_MANAGED_SETTINGS",
            directory.resolve("managed").toString()),
        "",
        CommandRun.NOW,
        all.toArray(String[]::new));
  }

  private static String line(
      String id, String model, long input, long output, long written, long read) {
    return ("{'type':'assistant','uuid':'u-ID','sessionId':'s','timestamp':'2026-11-20T12:00:00Z',"
            + "'requestId':'req_ID','message':{'id':'msg_ID','model':'"
            + model
            + "','stop_reason':'end_turn','usage':{'input_tokens':"
            + input
            + ",'output_tokens':"
            + output
            + ",'cache_creation_input_tokens':"
            + written
            + ",'cache_read_input_tokens':"
            + read
            + "}}}\n")
        .replace('\'', '"')
        .replace("ID", id);
  }
}

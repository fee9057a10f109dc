package dev.claudometer.source.claudecode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.CostBasis;
import dev.claudometer.model.Damage;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.Observation;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.SessionTotal.ModelTotal;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.ToolUse;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.source.claudecode.place.TranscriptFile;
import dev.claudometer.source.claudecode.place.TranscriptTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptReaderTest {

  private final List<Observation> observations = new ArrayList<>();
  private final List<FileRead> readings = new ArrayList<>();
  private Path projects;
  private Path file;

  @BeforeEach
  void in(@TempDir Path directory) throws IOException {
    projects = directory.resolve("projects");
    file = projects.resolve("-home-me-x-y/session-1.jsonl");
    Files.createDirectories(file.getParent());
  }

  @Nested
  class Answers {

    @Test
    void answerIsReadWithEverythingThatItsPriceNeeds() throws IOException {
      read(Lines.answer("msg_1", 159));
      UsageEvent event = events().getFirst();
      assertThat(event.key()).isEqualTo(new EventKey("msg_1", "req_msg_1"));
      assertThat(event.at()).isEqualTo(Instant.parse("2026-11-20T10:00:01Z"));
      assertThat(event.usage().model()).isEqualTo("claude-opus-5");
      assertThat(event.usage().tokens()).isEqualTo(new TokenCounts(3, 159, 0, 17083, 25517));
      assertThat(event.usage().terms())
          .isEqualTo(new BillingTerms("standard", "standard", "not_available"));
      assertThat(event.usage().stopReason()).isEqualTo("end_turn");
      assertThat(event.usage().reportedCost()).isNull();
      assertThat(event.attribution().session()).isEqualTo(new SessionId("session-1"));
      assertThat(event.attribution().project()).isEqualTo(new ProjectName("-home-me-x-y"));
      assertThat(event.attribution().branch()).isEqualTo("main");
      assertThat(event.attribution().agent()).isEmpty();
      assertThat(event.attribution().sidechain()).isFalse();
      assertThat(event.attribution().forked()).isFalse();
      assertThat(event.progress()).isFalse();
    }

    @Test
    void thinkingIsReadWhereItIsToldAndUnknownElsewhere() throws IOException {
      String told = "\"output_tokens_details\":{\"thinking_tokens\":15},\"output_tokens\":159";
      read(
          Lines.answer("msg_1", 159)
              + Lines.answer("msg_2", 159).replace("\"output_tokens\":159", told)
              + Lines.answer("msg_3", 159)
                  .replace("\"output_tokens\":159", told.replace("15}", "null}")));
      assertThat(events())
          .extracting(event -> event.usage().thinking())
          .containsExactly(Usage.UNTOLD, 15L, Usage.UNTOLD);
    }

    @Test
    void everyLineOfAnAnswerIsObserved() throws IOException {
      read(Lines.answer("msg_1", 9), Lines.answer("msg_1", 9), Lines.answer("msg_1", 159));
      assertThat(events())
          .extracting(event -> event.usage().tokens().output())
          .containsExactly(9L, 9L, 159L);
    }

    @Test
    void oldAnswerWithoutSplitAndWithItsOwnCostIsRead() throws IOException {
      read(
          """
          {"costUSD":0.0123,"sessionId":"s","type":"assistant","timestamp":"2025-05-08T10:47:11.325Z",\
          "message":{"id":"msg_1","model":"claude-sonnet-4-20250514","stop_reason":null,"usage":\
          {"input_tokens":4,"cache_creation_input_tokens":3877,"cache_read_input_tokens":10215,\
          "output_tokens":5,"service_tier":"standard"}}}\
          """);
      UsageEvent event = events().getFirst();
      assertThat(event.key()).isEqualTo(new EventKey("msg_1", ""));
      assertThat(event.usage().tokens()).isEqualTo(new TokenCounts(4, 5, 3877, 0, 10215));
      assertThat(event.usage().finalised()).isFalse();
      assertThat(event.usage().reportedCost()).isEqualTo(new Usd(12_300_000));
    }

    @ParameterizedTest(name = "flat {0}, 5m {1}, 1h {2}")
    @CsvSource({
      "100, 0, 100, 0, 100",
      "100, 40, 60, 40, 60",
      "100, 40, 0, 100, 0",
      "100, 0, 60, 40, 60",
      "0, 40, 60, 40, 60",
      "90, 40, 60, 40, 60",
      "110, 40, 60, 50, 60"
    })
    void flatCacheWritesAndTheirSplitAreReconciled(
        long flat, long split5m, long split1h, long write5m, long write1h) throws IOException {
      read(
          Lines.answer("msg_1", 1)
              .replace(":17083,\"cache_read", ":" + flat + ",\"cache_read")
              .replace("5m_input_tokens\":0", "5m_input_tokens\":" + split5m)
              .replace("1h_input_tokens\":17083", "1h_input_tokens\":" + split1h));
      assertThat(events().getFirst().usage().tokens())
          .isEqualTo(new TokenCounts(3, 1, write5m, write1h, 25517));
    }

    @Test
    void splitIsIgnoredWhereAForkHasZeroedAllFlatCounts() throws IOException {
      read(
          Lines.answer("msg_1", 0)
              .replace("\"input_tokens\":3", "\"input_tokens\":0")
              .replace(":25517", ":0")
              .replace(
                  "\"cache_creation_input_tokens\":17083", "\"cache_creation_input_tokens\":0"));
      assertThat(events().getFirst().usage().tokens()).isEqualTo(TokenCounts.ZERO);
    }

    @Test
    void termsAndWebRequestsAreRead() throws IOException {
      read(
          Lines.answer("msg_1", 1)
              .replace("\"speed\":\"standard\"", "\"speed\":\"fast\"")
              .replace("\"service_tier\":\"standard\"", "\"service_tier\":\"batch\"")
              .replace("not_available", "us")
              .replace("\"web_search_requests\":0", "\"web_search_requests\":3")
              .replace("\"web_fetch_requests\":0", "\"web_fetch_requests\":4"));
      assertThat(events().getFirst().usage().terms())
          .isEqualTo(new BillingTerms("batch", "fast", "us"));
      assertThat(events().getFirst().usage().webSearches()).isEqualTo(3);
      assertThat(events().getFirst().usage().webFetches()).isEqualTo(4);
    }

    @Test
    void toolCallsAreNamedOnceByTheirIds() throws IOException {
      read(
          Lines.answer("msg_1", 1)
              .replace(
                  "{\"type\":\"text\",\"text\":\"CANARY-7f3a\"}",
                  """
                  {"type":"tool_use","id":"toolu_2","name":"Bash","input":{"command":"CANARY-7f3a",\
                  "name":"x","id":"y"}},{"input":{"id":"z"},"name":"Read","id":"toolu_1",\
                  "type":"tool_use"},{"type":"server_tool_use","id":"srv","name":"web_search"}\
                  """));
      assertThat(events().getFirst().tools())
          .containsExactly(new ToolUse("toolu_1", "Read"), new ToolUse("toolu_2", "Bash"));
    }

    @Test
    void subagentLinesAreOfTheirParentsSession() throws IOException {
      Path agent = projects.resolve("-home-me-x-y/session-1/subagents/agent-a1.jsonl");
      Files.createDirectories(agent.getParent());
      Files.writeString(
          agent,
          Lines.answer("msg_1", 5)
                  .replace("\"isSidechain\":false", "\"isSidechain\":true,\"agentId\":\"a1\"")
              + "\n");
      observe(agent, null);
      assertThat(events().getFirst().attribution().session()).isEqualTo(new SessionId("session-1"));
      assertThat(events().getFirst().attribution().agent()).isEqualTo("a1");
      assertThat(events().getFirst().attribution().sidechain()).isTrue();
    }

    @Test
    void copyThatAForkMadeBelongsToTheOriginalSession() throws IOException {
      read(
          Lines.answer("msg_1", 5)
              .replace(
                  "\"sessionId\":\"session-1\"",
                  "\"requestSessionId\":\"original\",\"sessionId\":\"session-1\""));
      assertThat(events().getFirst().attribution().session()).isEqualTo(new SessionId("original"));
      assertThat(events().getFirst().attribution().forked()).isTrue();
    }

    @Test
    void lineOfItsOwnSessionIsNoFork() throws IOException {
      read(
          Lines.answer("msg_1", 5)
              .replace("\"userType\"", "\"requestSessionId\":\"session-1\",\"userType\""));
      assertThat(events().getFirst().attribution().forked()).isFalse();
    }

    @Test
    void olderForkNamesItsOriginInForkedFrom() throws IOException {
      read(
          Lines.answer("msg_1", 5)
              .replace(
                  "\"userType\"",
                  "\"forkedFrom\":{\"messageUuid\":\"u\",\"sessionId\":\"original\"},\"userType\""));
      assertThat(events().getFirst().attribution().session()).isEqualTo(new SessionId("original"));
      assertThat(events().getFirst().attribution().forked()).isTrue();
    }

    @Test
    void answerInAProgressLineIsObservedAsOne() throws IOException {
      String nested = Lines.answer("msg_1", 77);
      read(
          """
          {"type":"progress","sessionId":"session-1","timestamp":"2026-01-20T10:00:09.000Z",\
          "uuid":"u9","data":{"type":"agent_progress","agentId":"a7","prompt":"CANARY-7f3a",\
          "message":NESTED}}\
          """
              .replace("NESTED", nested));
      UsageEvent event = events().getFirst();
      assertThat(event.progress()).isTrue();
      assertThat(event.key()).isEqualTo(new EventKey("msg_1", "req_msg_1"));
      assertThat(event.usage().tokens().output()).isEqualTo(77);
      assertThat(event.attribution().sidechain()).isTrue();
      assertThat(event.attribution().agent()).isEqualTo("a7");
    }

    @Test
    void progressLineWithoutAnAnswerIsNoUsage() throws IOException {
      read(
          "{\"type\":\"progress\",\"data\":{\"type\":\"bash_progress\",\"output\":\"x\"}}",
          "{\"type\":\"progress\",\"data\":{\"type\":\"agent_progress\",\"message\":"
              + Lines.user("u1", "\"hi\"", "")
              + "}}");
      assertThat(observations).isEmpty();
      assertThat(damages()).isEmpty();
      assertThat(readings.getFirst().lineTypes())
          .isEqualTo(Map.of("progress/bash_progress", 1L, "progress/agent_progress", 1L));
    }

    @Test
    void orderOfMembersDoesNotMatter() throws IOException {
      String line = Lines.answer("msg_1", 5);
      read(line);
      UsageEvent usual = events().getFirst();
      observations.clear();
      String late =
          "{"
              + line.substring(line.indexOf("\"message\""), line.length() - 1)
              + ","
              + line.substring(1, line.indexOf(",\"message\""))
              + "}";
      read(late);
      assertThat(events()).containsExactly(usual);
    }

    @Test
    void answerWithoutMessageIdIsKnownByItsRequest() throws IOException {
      read(Lines.answer("msg_1", 5).replace("\"id\":\"msg_1\",", ""));
      assertThat(events().getFirst().key()).isEqualTo(new EventKey("line:req_msg_1", "req_msg_1"));
    }

    @Test
    void answerWithoutAnyIdIsKnownByItsLine() throws IOException {
      read(
          Lines.answer("msg_1", 5)
              .replace("\"id\":\"msg_1\",", "")
              .replace("\"requestId\":\"req_msg_1\",", ""));
      assertThat(events().getFirst().key()).isEqualTo(new EventKey("line:u-msg_1", ""));
    }

    @Test
    void workingDirectoryConfirmsTheProjectsPath() throws IOException {
      read(
          Lines.answer("msg_1", 5),
          Lines.answer("msg_2", 5).replace("/home/me/x.y", "/home/me/other"));
      assertThat(readings.getFirst().projectPaths())
          .isEqualTo(Map.of(new ProjectName("-home-me-x-y"), "/home/me/x.y"));
    }
  }

  @Nested
  class Activities {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"fix the test CANARY-7f3a\"",
          "[{\"type\":\"text\",\"text\":\"fix CANARY-7f3a\"}]",
          "[{\"type\":\"image\",\"source\":{\"data\":\"AAAA\"}},{\"type\":\"text\",\"text\":\"see\"}]"
        })
    void promptIsCounted(String content) throws IOException {
      read(Lines.user("u1", content, ",\"promptSource\":\"typed\""));
      assertThat(activities())
          .containsExactly(
              new Activity(
                  ActivityKind.PROMPT,
                  "u1",
                  Instant.parse("2026-11-20T10:00:00Z"),
                  new SessionId("session-1"),
                  new ProjectName("-home-me-x-y"),
                  "typed",
                  1));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"<local-command-stdout>CANARY-7f3a\"",
          "\"<command-name>/clear</command-name>\"",
          "\"<bash-input>ls</bash-input>\"",
          "\"<bash-stdout>x\"",
          "\"<task-notification>\"",
          "\"<system-reminder>\"",
          "\"[Request interrupted by user]\"",
          "[{\"type\":\"text\",\"text\":\"[Request interrupted by user for tool use]\"}]",
          "[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_1\",\"content\":\"CANARY-7f3a\"}]",
          "[{\"tool_use_id\":\"t\",\"type\":\"tool_result\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}]",
          "[{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"tool_result\",\"content\":\"y\"}]"
        })
    void machineTextIsNoPrompt(String content) throws IOException {
      read(Lines.user("u1", content, ""));
      assertThat(observations).isEmpty();
      assertThat(damages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          ",\"isMeta\":true",
          ",\"isCompactSummary\":true,\"isVisibleInTranscriptOnly\":true",
          ",\"toolUseResult\":{\"stdout\":\"x\"}",
          ",\"toolUseResult\":\"Error: x\"",
          ",\"origin\":{\"kind\":\"task-notification\"}",
          ",\"origin\":{\"kind\":\"coordinator\"}",
          ",\"origin\":{\"kind\":\"peer\"}"
        })
    void userLineOfTheProgramIsNoPrompt(String more) throws IOException {
      read(Lines.user("u1", "\"text\"", more));
      assertThat(observations).isEmpty();
    }

    @Test
    void promptOfAPersonOrAScriptIsCounted() throws IOException {
      read(
          Lines.user("u1", "\"text\"", ",\"origin\":{\"kind\":\"human\"},\"isMeta\":false"),
          Lines.user("u2", "\"text\"", ",\"promptSource\":\"sdk\""));
      assertThat(activities()).extracting(Activity::key).containsExactly("u1", "u2");
    }

    @Test
    void whatASubagentWasAskedIsNoPrompt() throws IOException {
      read(
          Lines.user("u1", "\"text\"", "")
              .replace("\"isSidechain\":false", "\"isSidechain\":true"));
      assertThat(observations).isEmpty();
    }

    @Test
    void syntheticErrorIsAnErrorAndNoUsage() throws IOException {
      read(
          Lines.answer("35f9", 0)
              .replace("claude-opus-5", "<synthetic>")
              .replace(
                  "\"requestId\"",
                  "\"isApiErrorMessage\":true,\"error\":\"server_error\",\"apiErrorStatus\":529,\"requestId\""));
      assertThat(observations).hasSize(1);
      assertThat(activities())
          .extracting(Activity::kind, Activity::key, Activity::name)
          .containsExactly(tuple(ActivityKind.API_ERROR, "u-35f9", "server_error"));
    }

    @Test
    void syntheticRemarkIsNothing() throws IOException {
      read(
          Lines.answer("35f9", 0)
              .replace("claude-opus-5", "<synthetic>")
              .replace("\"requestId\"", "\"isApiErrorMessage\":false,\"requestId\""));
      assertThat(observations).isEmpty();
      assertThat(damages()).isEmpty();
    }

    @Test
    void retriesAreNamedByTheirStatus() throws IOException {
      read(
          Lines.system(
              "u1",
              "api_error",
              ",\"error\":{\"status\":529,\"headers\":{},\"error\":{\"type\":\"x\"}},\"retryInMs\":529.8,"
                  + "\"retryAttempt\":1,\"maxRetries\":10"),
          Lines.system("u2", "api_error", ",\"error\":{},\"retryAttempt\":2"));
      assertThat(activities())
          .extracting(Activity::kind, Activity::key, Activity::name)
          .containsExactly(
              tuple(ActivityKind.API_RETRY, "u1", "529"), tuple(ActivityKind.API_RETRY, "u2", ""));
    }

    @Test
    void compactionTellsTriggerAndSize() throws IOException {
      read(
          Lines.system(
              "u1",
              "compact_boundary",
              ",\"compactMetadata\":{\"trigger\":\"auto\",\"preTokens\":158105}"),
          Lines.system(
              "u2",
              "microcompact_boundary",
              ",\"microcompactMetadata\":{\"trigger\":\"auto\",\"preTokens\":50745,\"tokensSaved\":1}"));
      assertThat(activities())
          .extracting(Activity::kind, Activity::name, Activity::value)
          .containsExactly(
              tuple(ActivityKind.COMPACTION, "auto", 158_105L),
              tuple(ActivityKind.COMPACTION, "micro-auto", 50_745L));
    }

    @Test
    void turnTellsItsDuration() throws IOException {
      read(Lines.system("u1", "turn_duration", ",\"durationMs\":20106"));
      assertThat(activities())
          .extracting(Activity::kind, Activity::key, Activity::value)
          .containsExactly(tuple(ActivityKind.TURN, "u1", 20_106L));
    }

    @Test
    void attemptIsKnownByItsId() throws IOException {
      String attempt =
          """
          {"type":"api-request","id":"ar_1","querySource":"repl_main_thread","params":\
          {"model":"claude-opus-5","x":{"y":"CANARY-7f3a"}},"requestDigest":"d",\
          "timestamp":"2026-11-20T10:00:03.000Z","version":"2.1.329"}\
          """;
      read(
          attempt,
          "{\"params\":{\"id\":\"no\"},"
              + attempt
                  .substring(1)
                  .replace("ar_1", "ar_2")
                  .replace(
                      ",\"params\":{\"model\":\"claude-opus-5\",\"x\":{\"y\":\"CANARY-7f3a\"}}",
                      ""));
      assertThat(activities())
          .extracting(Activity::kind, Activity::key, Activity::name, Activity::session)
          .containsExactly(
              tuple(ActivityKind.ATTEMPT, "ar_1", "repl_main_thread", new SessionId("session-1")),
              tuple(ActivityKind.ATTEMPT, "ar_2", "repl_main_thread", new SessionId("session-1")));
      assertThat(damages()).isEmpty();
    }

    @Test
    void pullRequestIsKnownByItsAddress() throws IOException {
      read(
          """
          {"type":"pr-link","sessionId":"session-1","prNumber":42,\
          "prUrl":"https://github.com/o/r/pull/42","prRepository":"o/r",\
          "timestamp":"2026-11-20T10:00:03.000Z"}\
          """);
      assertThat(activities())
          .extracting(Activity::kind, Activity::key, Activity::name)
          .containsExactly(
              tuple(ActivityKind.PULL_REQUEST, "https://github.com/o/r/pull/42", "o/r#42"));
    }

    @Test
    void sessionTotalIsReadWithItsModels() throws IOException {
      read(
          """
          {"type":"cost-state","sessionId":"session-1","totalCostUSD":0.031924600000000004,\
          "totalAPIDuration":7914,"totalDuration":50401,"totalLinesAdded":3,"totalLinesRemoved":1,\
          "startTime":1789398960924,"modelUsage":{"claude-haiku-4-5-20251001":{"inputTokens":368,\
          "outputTokens":516,"thinkingTokens":426,"cacheReadInputTokens":106786,\
          "cacheCreationInputTokens":9149,"cacheCreationEphemeral5mInputTokens":149,\
          "cacheCreationEphemeral1hInputTokens":9000,"webSearchRequests":2,\
          "costUSD":0.031924600000000004}},"hasUnknownModelCost":true}\
          """);
      assertThat(observations)
          .containsExactly(
              new SessionTotal(
                  new SessionId("session-1"),
                  new ProjectName("-home-me-x-y"),
                  Instant.ofEpochMilli(1_789_398_960_924L),
                  Duration.ofMillis(50_401),
                  new Origin.Line(file.toString(), 0),
                  new Usd(31_924_600),
                  false,
                  3,
                  1,
                  List.of(
                      new ModelTotal(
                          "claude-haiku-4-5-20251001",
                          new TokenCounts(368, 516, 149, 9000, 106_786),
                          2,
                          new Usd(31_924_600),
                          CostBasis.UNKNOWN))));
    }
  }

  @Nested
  class LinesOfAllKinds {

    @Test
    void linesAreCountedByType() throws IOException {
      read(
          Lines.answer("msg_1", 1),
          Lines.user("u1", "\"x\"", ""),
          Lines.user("u2", "\"x\"", ""),
          Lines.system("u3", "away_summary", ""),
          "{\"type\":\"summary\",\"summary\":\"CANARY-7f3a\",\"leafUuid\":\"x\"}",
          "{\"type\":\"file-history-snapshot\",\"messageId\":\"m\",\"snapshot\":{}}",
          "{\"type\":\"never-seen-before\",\"x\":1}",
          "{\"x\":1}");
      assertThat(readings.getFirst().lineTypes())
          .isEqualTo(
              Map.of(
                  "assistant", 1L,
                  "user", 2L,
                  "system/away_summary", 1L,
                  "summary", 1L,
                  "file-history-snapshot", 1L,
                  "never-seen-before", 1L,
                  "(none)", 1L));
      assertThat(readings.getFirst().versions()).isEqualTo(Map.of("2.1.329", 4L));
      assertThat(damages()).isEmpty();
    }

    @Test
    void unknownLineTypeThatTellsOfTokensIsNoDamage() throws IOException {
      read("{\"type\":\"never-seen-before\",\"usage\":{\"input_tokens\":5}}");
      assertThat(damages()).isEmpty();
      assertThat(readings.getFirst().lineTypes()).isEqualTo(Map.of("never-seen-before", 1L));
    }

    @Test
    void wordsOfADamagedLineAndSentencesAreNoNames() throws IOException {
      read(
          "{\"type\":\"assistant\",\"Canary\":{broken",
          "{\"type\":\"a sentence of somebody\",\"and another one\":1,\"uuid\":\"u\"}");
      assertThat(readings.getFirst().unknownFields()).isEmpty();
      assertThat(readings.getFirst().lineTypes().keySet())
          .containsExactlyInAnyOrder("(damaged)", "(other)");
    }

    @Test
    void unknownFieldsAreCounted() throws IOException {
      read(
          Lines.answer("msg_1", 1).replace("\"userType\"", "\"brandNew\":{\"a\":1},\"userType\""),
          Lines.answer("msg_2", 1).replace("\"userType\"", "\"brandNew\":2,\"userType\""));
      assertThat(readings.getFirst().unknownFields()).isEqualTo(Map.of("brandNew", 2L));
      assertThat(events()).hasSize(2);
    }

    @Test
    void usualLineHasNoUnknownFields() throws IOException {
      read(Lines.answer("msg_1", 1), Lines.user("u1", "\"x\"", ",\"promptId\":\"p\""));
      assertThat(readings.getFirst().unknownFields()).isEmpty();
    }

    @Test
    void blankLinesAndWindowsLineEndsAreNoDamage() throws IOException {
      observe("\n  \n" + Lines.answer("msg_1", 1) + "\r\n\r\n" + Lines.answer("msg_2", 2) + "\r\n");
      assertThat(keys()).containsExactly("msg_1", "msg_2");
      assertThat(damages()).isEmpty();
    }

    @Test
    void byteOrderMarkIsNoDamage() throws IOException {
      observe("\ufeff" + Lines.answer("msg_1", 1) + "\n");
      assertThat(keys()).containsExactly("msg_1");
      assertThat(damages()).isEmpty();
    }

    @Test
    void invalidUtf8AndLoneSurrogatesAreNoDamage() throws IOException {
      String line = Lines.answer("msg_1", 1).replace(Lines.SECRET, "\u00c3\u0028\u00ff \\ud800");
      Files.write(file, (line + "\n").getBytes(ISO_8859_1));
      observe(file, null);
      assertThat(keys()).containsExactly("msg_1");
      assertThat(damages()).isEmpty();
    }

    @Test
    void escapedNamesAreTheSameNames() throws IOException {
      read(
          Lines.answer("msg_1", 1)
              .replace("\"type\":\"assistant\"", "\"ty\\u0070e\":\"\\u0061ssistant\""));
      assertThat(keys()).containsExactly("msg_1");
    }

    @Test
    void lineOfFortyMegabytesIsRead() throws IOException {
      String line = Lines.answer("msg_1", 7).replace(Lines.SECRET, "A".repeat(20 << 20));
      observe(line + "\n" + Lines.answer("msg_2", 8) + "\n");
      assertThat(events())
          .extracting(event -> event.key().messageId(), event -> event.usage().tokens().output())
          .containsExactly(tuple("msg_1", 7L), tuple("msg_2", 8L));
      assertThat(damages()).isEmpty();
    }

    @Test
    void textsOfPeopleAndModelsNeverLeaveTheReader() throws IOException {
      read(
          Lines.answer("msg_1", 1),
          Lines.user("u1", "\"" + Lines.SECRET + "\"", ""),
          Lines.user("u2", "[{\"type\":\"text\",\"text\":\"" + Lines.SECRET + "\"}]", ""),
          Lines.user("u3", "\"x\"", ",\"toolUseResult\":{\"stdout\":\"" + Lines.SECRET + "\"}"),
          Lines.system("u4", "api_error", ",\"error\":{\"message\":\"" + Lines.SECRET + "\"}"),
          Lines.system("u5", "compact_boundary", ",\"compactMetadata\":{\"trigger\":\"auto\"}"),
          "{\"type\":\"summary\",\"summary\":\"" + Lines.SECRET + "\"}",
          Lines.answer("msg_2", 1).substring(0, 600) + Lines.answer("msg_3", 1),
          Lines.answer("msg_4", 1) + Lines.answer("msg_5", 1));
      assertThat(observations.size()).isGreaterThan(5);
      assertThat(observations.toString()).doesNotContain(Lines.SECRET);
      assertThat(readings.toString()).doesNotContain(Lines.SECRET);
    }
  }

  @Nested
  class DamagedLines {

    @Test
    void twoRecordsOnALineAreBothRead() throws IOException {
      read(Lines.answer("msg_1", 1) + Lines.answer("msg_2", 2));
      assertThat(keys()).containsExactly("msg_1", "msg_2");
      assertThat(damages())
          .extracting(Damage::why, Damage::recovered)
          .containsExactly(tuple("more than one record on a line", 2));
    }

    static List<String> tornLines() {
      String toolResult =
          "[{\"tool_use_id\":\"toolu_1\",\"type\":\"tool_result\",\"content\":\"x\"}]";
      return List.of(
          Lines.answer("msg_1", 1),
          Lines.user("u1", "\"hi\"", ",\"origin\":{\"kind\":\"human\"}"),
          Lines.user("u1", toolResult, ",\"toolUseResult\":{\"stdout\":\"x\",\"n\":[1,{}]}"),
          Lines.system("u1", "turn_duration", ",\"durationMs\":20106"),
          "{\"parentUuid\":\"p\",\"attachment\":{\"type\":\"x\"},\"type\":\"attachment\",\"n\":1}",
          "{\"type\":\"api-request\",\"id\":\"a\",\"timestamp\":\"2026-11-20T10:00:03.000Z\","
              + "\"params\":{\"model\":\"m\"},\"version\":\"2\"}",
          "{\"type\":\"progress\",\"data\":{\"type\":\"bash_progress\",\"output\":\"x\"},\"uuid\":\"u\"}",
          "{\"type\":\"file-history-snapshot\",\"snapshot\":{\"a\":{\"b\":[1]}},\"messageId\":\"m\"}");
    }

    @ParameterizedTest
    @MethodSource("tornLines")
    void recordSplicedIntoATornOneIsRecoveredAtEveryTear(String torn) throws IOException {
      String intact = Lines.answer("msg_2", 2);
      var content = new StringBuilder();
      for (int i = 1; i < torn.length(); i++) {
        content.append(torn, 0, i).append(intact.replace("msg_2", "msg_2_" + i)).append('\n');
      }
      observe(content.toString());
      List<String> lost = new ArrayList<>();
      for (int i = 1; i < torn.length(); i++) {
        if (!keys().contains("msg_2_" + i)) {
          lost.add(torn.substring(0, i));
        }
      }
      assertThat(lost).isEmpty();
      assertThat(keys()).doesNotHaveDuplicates().doesNotContain("msg_1");
      assertThat(damages()).hasSize(torn.length() - 1);
    }

    @Test
    void recordSplicedIntoASkippedOneIsRecovered() throws IOException {
      String snapshot =
          "{\"type\":\"file-history-snapshot\",\"snapshot\":{\"files\":[\"a\",\"b\"],\"n\":{\"x\":\"y";
      read(snapshot + Lines.answer("msg_1", 5));
      assertThat(keys()).containsExactly("msg_1");
      assertThat(damages()).extracting(Damage::recovered).containsExactly(1);
    }

    @Test
    void recordAfterNulBytesIsRead() throws IOException {
      observe("\0".repeat(512) + Lines.answer("msg_1", 1) + "\n" + Lines.answer("msg_2", 2) + "\n");
      assertThat(keys()).containsExactly("msg_1", "msg_2");
      assertThat(damages())
          .extracting(Damage::why, Damage::recovered, damage -> damage.origin().offset())
          .containsExactly(tuple("NUL bytes", 1, 0L));
    }

    @Test
    void nulBytesAloneAreDamage() throws IOException {
      observe(Lines.answer("msg_1", 1) + "\n" + "\0".repeat(300) + "\n");
      assertThat(keys()).containsExactly("msg_1");
      assertThat(damages())
          .extracting(Damage::why, Damage::bytes, Damage::recovered)
          .containsExactly(tuple("NUL bytes", 300L, 0));
    }

    @Test
    void tornLineInTheMiddleIsDamageWithItsPlace() throws IOException {
      String first = Lines.answer("msg_1", 1);
      read(first, Lines.answer("msg_2", 2).substring(0, 300), Lines.answer("msg_3", 3));
      assertThat(keys()).containsExactly("msg_1", "msg_3");
      assertThat(damages())
          .extracting(
              damage -> damage.origin().file(),
              damage -> damage.origin().offset(),
              Damage::bytes,
              Damage::why)
          .containsExactly(tuple(file.toString(), first.length() + 1L, 300L, "not JSON"));
      assertThat(readings.getFirst().lineTypes()).containsEntry("(damaged)", 1L);
    }

    @Test
    void messageThatIsAMapOfCharactersIsDamage() throws IOException {
      String line = Lines.answer("msg_1", 1);
      String map =
          line.substring(0, line.indexOf("\"message\":"))
              + "\"message\":{\"0\":\"{\",\"1\":\"m\"},"
              + line.substring(line.indexOf("\"requestId\""));
      read(map, Lines.answer("msg_2", 2));
      assertThat(keys()).containsExactly("msg_2");
      assertThat(damages())
          .extracting(Damage::why)
          .containsExactly("an answer without readable usage");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "yesterday", "2026-02-30T10:00:00.000Z", "2026-11-20T25:00:00.000Z"})
    void answerWithoutAValidTimeIsDamage(String at) throws IOException {
      read(Lines.answer("msg_1", "req_1", "session-1", at, 5));
      assertThat(observations).isEmpty();
      assertThat(damages()).extracting(Damage::why).containsExactly("usage without a valid time");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
      "2026-11-20T12:30:00+02:30, 2026-11-20T10:00:00Z",
      "2026-11-20T10:00:00Z, 2026-11-20T10:00:00Z",
      "2026-11-20T10:00:00.123456Z, 2026-11-20T10:00:00.123Z"
    })
    void otherFormsOfAnInstantAreRead(String at, Instant expected) throws IOException {
      read(Lines.answer("msg_1", "req_1", "session-1", at, 5));
      assertThat(events().getFirst().at()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "1.5", "\"7\"", "1e3", "99999999999999999999"})
    void tokensThatAreNoCountAreDamage(String tokens) throws IOException {
      read(
          Lines.answer("msg_1", 5)
              .replace("\"input_tokens\":3,\"c", "\"input_tokens\":" + tokens + ",\"c"));
      assertThat(observations).isEmpty();
      assertThat(damages()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "[1,2]", "null", "42", "\"text\"", "{", "}{", "<html>"})
    void lineThatIsNoRecordIsDamage(String line) throws IOException {
      read(line, Lines.answer("msg_1", 1));
      assertThat(keys()).containsExactly("msg_1");
      assertThat(damages()).hasSize(1);
    }

    @Test
    void quotedRecordInATextIsNotRead() throws IOException {
      String quoted = Lines.answer("msg_9", 9).replace("\\", "\\\\").replace("\"", "\\\"");
      read(
          Lines.user("u1", "\"" + quoted + "\"", ""),
          Lines.answer("msg_1", 1).replace(Lines.SECRET, quoted),
          "{\"type\":\"summary\",\"summary\":\"" + quoted + "\"}");
      assertThat(keys()).containsExactly("msg_1");
      assertThat(damages()).isEmpty();
    }
  }

  @Nested
  class Resuming {

    @Test
    void onlyNewBytesAreReadAfterTheCursor() throws IOException {
      String first = Lines.answer("msg_1", 1) + "\n";
      String second = Lines.answer("msg_2", 2) + "\n";
      FileCursor cursor = observe(first);
      append(second);
      observe(file, cursor);
      assertThat(keys()).containsExactly("msg_1", "msg_2");
      assertThat(readings)
          .extracting(FileRead::bytesRead, FileRead::fromStart)
          .containsExactly(
              tuple((long) first.length(), true), tuple((long) second.length(), false));
      assertThat(readings.get(1).lineTypes()).isEqualTo(Map.of("assistant", 1L));
    }

    @Test
    void tellsWhereTheLinesOfANewStretchStand() throws IOException {
      String first = Lines.answer("msg_1", 1) + "\n";
      FileCursor cursor = observe(first);
      append(Lines.answer("msg_2", 2) + "\n");
      observe(file, cursor);
      assertThat(((Origin.Line) events().get(1).origin()).offset()).isEqualTo(first.length());
    }

    @Test
    void unchangedFileBringsNothing() throws IOException {
      FileCursor cursor = observe(Lines.answer("msg_1", 1) + "\n");
      FileCursor again = observe(file, cursor);
      assertThat(keys()).containsExactly("msg_1");
      assertThat(readings.get(1).bytesRead()).isZero();
      assertThat(again).isEqualTo(cursor);
    }

    @Test
    void tornLastLineIsReadWhenItIsComplete() throws IOException {
      String line = Lines.answer("msg_2", 2);
      FileCursor cursor = observe(Lines.answer("msg_1", 1) + "\n" + line.substring(0, 400));
      assertThat(keys()).containsExactly("msg_1");
      assertThat(damages()).isEmpty();
      append(line.substring(400) + "\n");
      observe(file, cursor);
      assertThat(keys()).containsExactly("msg_1", "msg_2");
      assertThat(damages()).isEmpty();
    }

    @Test
    void completeLastLineWithoutNewlineIsObservedAndReadAgain() throws IOException {
      String first = Lines.answer("msg_1", 1) + "\n";
      FileCursor cursor = observe(first + Lines.answer("msg_2", 2));
      assertThat(keys()).containsExactly("msg_1", "msg_2");
      assertThat(cursor.offset()).isEqualTo(first.length());
      assertThat(readings.getFirst().lineTypes()).isEqualTo(Map.of("assistant", 1L));
      append("\n");
      observe(file, cursor);
      assertThat(keys()).containsExactly("msg_1", "msg_2", "msg_2");
      assertThat(events().get(1)).isEqualTo(events().get(2));
    }

    @Test
    void everyTearBringsTheSameEventsInTheEnd() throws IOException {
      String content =
          Lines.answer("msg_1", 1)
              + "\n"
              + Lines.user("u1", "\"hi\"", "")
              + "\n"
              + Lines.answer("msg_2", 2)
              + "\n";
      for (int tear = 0; tear <= content.length(); tear += 7) {
        observations.clear();
        readings.clear();
        FileCursor cursor = observe(content.substring(0, tear));
        append(content.substring(tear));
        observe(file, cursor);
        assertThat(observations.stream().distinct()).as("torn at %d", tear).hasSize(3);
        assertThat(damages()).isEmpty();
        assertThat(readings.stream().mapToLong(FileRead::bytesRead).sum())
            .isEqualTo(content.length());
      }
    }

    @Test
    void truncatedFileIsReadAnew() throws IOException {
      FileCursor cursor =
          observe(Lines.answer("msg_1", 1) + "\n" + Lines.answer("msg_2", 2) + "\n");
      Files.writeString(file, Lines.answer("msg_1", 1) + "\n");
      observe(file, cursor);
      assertThat(keys()).containsExactly("msg_1", "msg_2", "msg_1");
      assertThat(readings.get(1).fromStart()).isTrue();
    }

    @Test
    void emptiedFileIsReadAnew() throws IOException {
      FileCursor cursor = observe(Lines.answer("msg_1", 1) + "\n");
      Files.writeString(file, "");
      FileCursor emptied = observe(file, cursor);
      assertThat(emptied.offset()).isZero();
      assertThat(readings.get(1).fromStart()).isTrue();
      assertThat(readings.get(1).lineTypes()).isEmpty();
    }

    @Test
    void replacedFileIsReadAnew() throws IOException {
      FileCursor cursor = observe(Lines.answer("msg_1", 1) + "\n");
      Path other = file.resolveSibling("new");
      Files.writeString(other, Lines.answer("msg_3", 3) + "\n" + Lines.answer("msg_4", 4) + "\n");
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
      observe(file, cursor);
      assertThat(keys()).containsExactly("msg_1", "msg_3", "msg_4");
      assertThat(readings.get(1).fromStart()).isTrue();
    }

    @Test
    void fileRewrittenInPlaceIsReadAnewEvenAtTheSameSize() throws IOException {
      FileCursor cursor =
          observe(Lines.answer("msg_1", 1) + "\n" + Lines.answer("msg_2", 2) + "\n");
      Files.writeString(file, Lines.answer("msg_8", 1) + "\n" + Lines.answer("msg_9", 2) + "\n");
      FileCursor rewritten = observe(file, cursor);
      assertThat(rewritten.identity()).isEqualTo(cursor.identity());
      assertThat(rewritten.size()).isEqualTo(cursor.size());
      assertThat(keys()).containsExactly("msg_1", "msg_2", "msg_8", "msg_9");
      assertThat(readings.get(1).fromStart()).isTrue();
    }

    @Test
    void movedFileGoesOnWhereItWas() throws IOException {
      FileCursor cursor = observe(Lines.answer("msg_1", 1) + "\n");
      Path copy = file.resolveSibling("copy.jsonl");
      Files.copy(file, copy);
      Files.writeString(copy, Lines.answer("msg_2", 2) + "\n", StandardOpenOption.APPEND);
      observe(copy, cursor);
      assertThat(keys()).containsExactly("msg_1", "msg_2");
    }

    @Test
    void stretchesBringTheSameAsOneReading() throws IOException {
      var content = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        content.append(Lines.answer("msg_" + i, i)).append('\n');
      }
      observe(content.toString());
      List<Observation> once = List.copyOf(observations);
      FileCursor end = readings.getFirst().cursor();
      observations.clear();
      readings.clear();
      var reader = new TranscriptReader(observations::add);
      reader.read(seen(file), null, 3000, readings::add);
      assertThat(observations).isEqualTo(once);
      assertThat(readings).hasSizeGreaterThan(10);
      assertThat(readings.getLast().cursor()).isEqualTo(end);
      assertThat(readings.stream().mapToLong(FileRead::bytesRead).sum())
          .isEqualTo(content.length());
      assertThat(readings.stream().filter(FileRead::fromStart)).hasSize(1);
      for (FileRead reading : List.copyOf(readings.subList(0, readings.size() - 1))) {
        observations.clear();
        observe(file, reading.cursor());
        assertThat(once).endsWith(observations.toArray(Observation[]::new));
        assertThat(reading.cursor().unchanged(seen(file).seen())).isFalse();
      }
    }

    @Test
    void oneReaderReadsManyFiles() throws IOException {
      Path other = projects.resolve("-home-me-other/session-2.jsonl");
      Files.createDirectories(other.getParent());
      Files.writeString(
          other,
          Lines.answer("msg_2", "r", "session-2", "2026-11-20T10:00:00.000Z", 2)
                  .replace("/home/me/x.y", "/home/me/other")
              + "\n");
      Files.writeString(file, Lines.answer("msg_1", 1) + "\n");
      var reader = new TranscriptReader(observations::add);
      reader.read(seen(file), null, Long.MAX_VALUE, readings::add);
      reader.read(seen(other), null, Long.MAX_VALUE, readings::add);
      assertThat(events())
          .extracting(
              event -> event.attribution().project().text(),
              event -> ((Origin.Line) event.origin()).file())
          .containsExactly(
              tuple("-home-me-x-y", file.toString()), tuple("-home-me-other", other.toString()));
      assertThat(readings.get(1).projectPaths())
          .isEqualTo(Map.of(new ProjectName("-home-me-other"), "/home/me/other"));
      assertThat(readings.get(1).lineTypes()).isEqualTo(Map.of("assistant", 1L));
    }
  }

  private void read(String... lines) throws IOException {
    observe(String.join("\n", lines) + "\n");
  }

  private FileCursor observe(String content) throws IOException {
    Files.writeString(file, content, UTF_8);
    return observe(file, null);
  }

  private FileCursor observe(Path transcript, FileCursor known) throws IOException {
    new TranscriptReader(observations::add)
        .read(seen(transcript), known, Long.MAX_VALUE, readings::add);
    return readings.getLast().cursor();
  }

  private TranscriptFile seen(Path transcript) throws IOException {
    return TranscriptTree.below(List.of(new ClaudeHome(projects))).files().stream()
        .filter(found -> found.path().equals(transcript.toString()))
        .findFirst()
        .orElseThrow();
  }

  private void append(String content) throws IOException {
    Files.writeString(file, content, StandardOpenOption.APPEND);
  }

  private List<UsageEvent> events() {
    return observations.stream()
        .filter(UsageEvent.class::isInstance)
        .map(UsageEvent.class::cast)
        .toList();
  }

  private List<Activity> activities() {
    return observations.stream()
        .filter(Activity.class::isInstance)
        .map(Activity.class::cast)
        .toList();
  }

  private List<String> keys() {
    return events().stream().map(event -> event.key().messageId()).toList();
  }

  private List<Damage> damages() {
    return readings.stream().flatMap(reading -> reading.damages().stream()).toList();
  }
}

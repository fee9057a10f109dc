package dev.claudometer.wire.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyUsageTest {

  private static final String ENTRY =
      """
      {"sessionId":"s","project":"-home-u-p","timestamp":"2026-02-20T12:00:00.123Z",\
      "type":"assistant","inputTokens":3,"outputTokens":5,"cacheCreationTokens":7,\
      "cacheReadTokens":11}\
      """;

  @Test
  void daemonsEntryIsRead() throws IOException {
    LegacyUsage usage = accepted(body(ENTRY));

    assertThat(usage.legacyKey()).isNull();
    assertThat(usage.refusal()).isNull();
    assertThat(usage.entries())
        .containsExactly(
            new LegacyEntry(
                "s",
                "-home-u-p",
                Instant.parse("2026-02-20T12:00:00.123Z"),
                "assistant",
                null,
                3,
                5,
                7,
                11,
                null));
  }

  @Test
  void noEntriesAreACheckOfTheKey() throws IOException {
    LegacyUsage usage = accepted("{\"entries\":[],\"deviceApiKey\":\"dk_1\",\"more\":[{}]}");

    assertThat(usage.legacyKey()).isEqualTo("dk_1");
    assertThat(usage.entries()).isEmpty();
  }

  @Test
  void numbersAreThoseOfJavaScript() throws IOException {
    LegacyEntry entry =
        accepted(
                body(
                    with(
                        "\"inputTokens\":3e9,\"outputTokens\":5.0,\"cacheReadTokens\":-0.0,"
                            + "\"costUSD\":0.10,\"model\":\"m\"")))
            .entries()
            .getFirst();

    assertThat(entry.inputTokens()).isEqualTo(3_000_000_000L);
    assertThat(entry.outputTokens()).isEqualTo(5);
    assertThat(entry.cacheReadTokens()).isZero();
    assertThat(entry.cost()).isEqualTo(new BigDecimal("0.1"));
    assertThat(entry.model()).isEqualTo("m");
  }

  @Test
  void countsAreZeroWhereAbsentAndFractionsOfASecondMayBeLong() throws IOException {
    String entry =
        "{\"sessionId\":\"\",\"project\":\"\",\"type\":\"summary\","
            + "\"timestamp\":\"2026-02-20T12:00:00.1234567891234Z\"}";

    assertThat(accepted(body(entry)).entries())
        .containsExactly(
            new LegacyEntry(
                "",
                "",
                Instant.parse("2026-02-20T12:00:00.123456789Z"),
                "summary",
                null,
                0,
                0,
                0,
                0,
                null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          "sessionId":7 ; sessionId ; Expected string, received number
          "sessionId":null ; sessionId ; Expected string, received null
          "project":["a"] ; project ; Expected string, received array
          "timestamp":{"a":1} ; timestamp ; Expected string, received object
          "timestamp":"today" ; timestamp ; Invalid datetime
          "timestamp":"2026-02-20T12:00:00+02:00" ; timestamp ; Invalid datetime
          "timestamp":"2026-02-30T12:00:00Z" ; timestamp ; Invalid datetime
          "timestamp":"2026-02-20T12:00:00.Z" ; timestamp ; Invalid datetime
          "type":"system" ; type ; Invalid enum value. Expected 'user' | 'assistant' | 'summary', received 'system'
          "type":true ; type ; Expected 'user' | 'assistant' | 'summary', received boolean
          "model":null ; model ; Expected string, received null
          "inputTokens":-1 ; inputTokens ; Number must be greater than or equal to 0
          "outputTokens":1.5 ; outputTokens ; Expected integer, received float
          "outputTokens":1e999 ; outputTokens ; Expected integer, received float
          "outputTokens":"1" ; outputTokens ; Expected number, received string
          "cacheReadTokens":null ; cacheReadTokens ; Expected number, received null
          "costUSD":-0.1 ; costUSD ; Number must be greater than or equal to 0
          """)
  void badEntryIsToldInThePeersWords(String field, String path, String message) throws IOException {
    LegacyUsage usage = accepted(body(ENTRY, with(field), ENTRY));

    assertThat(usage.entries()).hasSize(2);
    assertThat(usage.bad()).first().isEqualTo(new BadEntry(1, path, message));
    assertThat(usage.refusal().fieldErrors().get("entries")).first().isEqualTo(message);
  }

  @Test
  void entryMayHaveSeveralObjections() throws IOException {
    LegacyUsage usage = accepted(body("{}", "7", with("\"inputTokens\":-1.5")));

    assertThat(LegacyAnswers.invalid(usage.refusal()))
        .isEqualTo(
            "{\"success\":false,\"error\":\"Invalid request body\",\"details\":{\"formErrors\":[],"
                + "\"fieldErrors\":{\"entries\":[\"Required\",\"Required\",\"Required\",\"Required\",\"Expected"
                + " object, received number\",\"Expected integer, received float\",\"Number must be"
                + " greater than or equal to 0\"]}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                | "formErrors":["Expected object, received array"],"fieldErrors":{}
          null                              | "formErrors":["Expected object, received null"],"fieldErrors":{}
          "a"                               | "formErrors":["Expected object, received string"],"fieldErrors":{}
          {}                                | "formErrors":[],"fieldErrors":{"entries":["Required"]}
          {"entries":{"a":[1]}}             | "formErrors":[],"fieldErrors":{"entries":["Expected array, received object"]}
          {"entries":null}                  | "formErrors":[],"fieldErrors":{"entries":["Expected array, received null"]}
          {"entries":[1],"deviceApiKey":5}  | "formErrors":[],"fieldErrors":{"deviceApiKey":["Expected string, received number"],"entries":["Expected object, received number"]}
          {"entries":[1],"entries":"x"}     | "formErrors":[],"fieldErrors":{"entries":["Expected array, received string"]}
          """)
  void bodyOfAnotherShapeIsToldInThePeersWords(String body, String details) throws IOException {
    assertThat(read(body))
        .isInstanceOfSatisfying(
            LegacyRequest.Invalid.class,
            invalid ->
                assertThat(LegacyAnswers.invalid(invalid))
                    .isEqualTo(
                        "{\"success\":false,\"error\":\"Invalid request body\",\"details\":{"
                            + details
                            + "}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "{\"entries\":[", "{} {}", "{\"entries\":[]}]", "[NaN]"})
  void whatIsNotJsonIsNoRequest(String body) throws IOException {
    assertThat(read(body)).isInstanceOf(LegacyRequest.NotJson.class);
  }

  private static String with(String fields) {
    return ENTRY.substring(0, ENTRY.length() - 1) + "," + fields + "}";
  }

  private static String body(String... entries) {
    return "{\"entries\":[" + String.join(",", entries) + "]}";
  }

  private static LegacyUsage accepted(String body) throws IOException {
    return ((LegacyRequest.Accepted<LegacyUsage>) read(body)).body();
  }

  private static LegacyRequest<LegacyUsage> read(String body) throws IOException {
    return LegacyUsage.read(new ByteArrayInputStream(body.getBytes(UTF_8)));
  }
}

package dev.claudometer.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.model.Attribution;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.Completion;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.wire.body.MalformedDelivery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryReaderTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private static final String MINIMAL =
      """
      {"type":"usage","message":"msg_1","at":"2026-11-20T12:00:00Z","model":"claude-opus-5",\
      "input":3,"output":5,"session":"s","project":"p"}\
      """;

  @Test
  void usageCanBeWrittenByHand() throws IOException {
    Origin nowhere = new Origin.Line("", 0);

    assertThat(only(MINIMAL))
        .isEqualTo(
            new UsageEvent(
                new EventKey("msg_1", ""),
                new Completion(NOON, 5),
                new Usage(
                    "claude-opus-5",
                    new TokenCounts(3, 5, 0, 0, 0),
                    0,
                    0,
                    BillingTerms.UNSTATED,
                    null,
                    null),
                new Attribution(
                    new SessionId("s"), new ProjectName("p"), "", "", false, false, NOON, nowhere),
                false,
                nowhere,
                List.of()));
  }

  @Test
  void partBelongsToTheElementOfTheSameMessageAndRequest() throws IOException {
    EventKey response = ((UsageEvent) only(MINIMAL)).key();
    assertThat(((UsageEvent) only(with("\"part\":2"))).key()).isEqualTo(response.part(2));
    assertThat(response.isResponse()).isTrue();
  }

  @Test
  void whatNoFileHoldsHasASender() throws IOException {
    String sent = "\"sender\":\"otel\",\"sentAt\":\"2026-11-20T12:00:01Z\"";
    var event = (UsageEvent) only(with(sent));
    assertThat(event.origin()).isEqualTo(new Origin.Sent("otel", NOON.plusSeconds(1)));
    assertThat(event.attribution().origin()).isEqualTo(event.origin());
  }

  @Test
  void reportedCostIsTextOrNumber() throws IOException {
    assertThat(reportedCost("\"0.0216\"")).isEqualTo(new Usd(21_600_000));
    assertThat(reportedCost("0.0216")).isEqualTo(new Usd(21_600_000));
    assertThat(reportedCost("2e-3")).isEqualTo(new Usd(2_000_000));
    assertThat(reportedCost("null")).isNull();
  }

  @Test
  void fieldsOfANewerAgentArePassedOver() throws IOException {
    String element = with("\"mood\":{\"type\":[1,{}],\"input\":null}");

    assertThat(only(element)).isEqualTo(only(MINIMAL));
    assertThat(read("{\"new\":[[]],\"protocol\":1,\"observations\":[],\"x\":{}}").entries())
        .isEmpty();
  }

  @Test
  void lastOfARepeatedNameCounts() throws IOException {
    assertThat(only(with("\"input\":\"x\",\"input\":3"))).isEqualTo(only(MINIMAL));
    assertThat(
            read("{\"observations\":[1,2],\"protocol\":1,\"observations\":[" + MINIMAL + "]}")
                .rejected())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "input":-1                     | 'input' is negative: -1
          "input":1.5                    | 'input' is not a whole number: 1.5
          "input":1e3                    | 'input' is not a whole number: 1e3
          "input":"3"                    | 'input' is not a whole number: '3'
          "input":true                   | 'input' is not a whole number: true
          "input":[1]                    | 'input' is not a whole number: a list
          "input":9223372036854775808    | 'input' does not fit in 64 bits: 9223372036854775808
          "input":null                   | 'input' is missing
          "webSearches":2147483648       | 'webSearches' does not fit in 31 bits: 2147483648
          "at":"yesterday"               | 'at' is not an instant as 2026-11-20T12:00:00Z: 'yesterday'
          "at":1763640000                | 'at' is not a text with an instant: 1763640000
          "at":"+200000-01-01T00:00:00Z" | 'at' is out of range: '+200000-01-01T00:00:00Z'
          "message":""                   | 'message' is empty
          "message":7                    | 'message' is not a text: 7
          "session":{}                   | 'session' is not a text: an object
          "sidechain":"yes"              | 'sidechain' is neither true nor false: 'yes'
          "reportedCost":"free"          | 'reportedCost' is not an amount as 0.0216: 'free'
          "reportedCost":-1              | 'reportedCost' is negative: '-1'
          "reportedCost":1e999999999     | 'reportedCost' does not fit: 1e999999999
          "reportedCost":"1E-2147483647" | 'reportedCost' does not fit: '1E-2147483647'
          "reportedCost":99999999999     | 'reportedCost' does not fit: 99999999999
          "reportedCost":[]              | 'reportedCost' is not an amount: a list
          "tools":{}                     | 'tools' is not a list
          "tools":[{"id":"a"}]           | 'tools[0].name' is missing
          "tools":[7]                    | 'tools' holds something that is not an object, at 0
          "type":"wish"                  | unknown type 'wish'
          "type":3                       | 'type' is not a text: 3
          """)
  void badFieldRejectsItsElementAlone(String field, String reason) throws IOException {
    Delivery delivery = read(body(MINIMAL, with(field), MINIMAL));

    assertThat(delivery.rejected()).containsExactly(new Rejected(1, reason));
    assertThat(delivery.entries()).extracting(DeliveryEntry::index).containsExactly(0, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"message", "at", "model", "input", "output", "session", "project"})
  void missingFieldIsNamed(String field) throws IOException {
    String element = MINIMAL.replace("\"" + field + "\"", "\"gone\"");

    assertThat(read(body(element)).rejected())
        .containsExactly(new Rejected(0, "'" + field + "' is missing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"a\"", "null", "[[{}]]", "true"})
  void elementThatIsNoObjectIsRejectedAlone(String element) throws IOException {
    assertThat(read(body(element, MINIMAL)).rejected())
        .containsExactly(new Rejected(0, "it is not an object"));
  }

  @Test
  void foreignTextInAReasonIsShortAndHarmless() throws IOException {
    String value = "\\u001b[31m\\u202e\\ud800" + "x".repeat(500);
    String reason = read(body(with("\"at\":\"" + value + "\""))).rejected().getFirst().reason();

    assertThat(reason).contains("\\x1b[31m\\u202e\\ud800xxx").endsWith("x…'");
    assertThat(reason).hasSizeLessThan(170);
    assertThat(reason).matches("[\\x20-\\x7e…]*");
  }

  @Test
  void pathMayBeLongerThanAName() throws IOException {
    assertThat(read(body(with("\"file\":\"" + "p".repeat(4_096) + "\""))).rejected()).isEmpty();
    assertThat(read(body(with("\"file\":\"" + "p".repeat(4_097) + "\""))).rejected())
        .containsExactly(new Rejected(0, "'file' is longer than 4096 characters"));
    assertThat(read(body(with("\"request\":\"" + "p".repeat(1_001) + "\""))).rejected())
        .containsExactly(new Rejected(0, "'request' is longer than 1000 characters"));
  }

  @Test
  void elementOfVeryManyValuesIsRejectedAlone() throws IOException {
    String element = with("\"x\":[" + "[],".repeat(60_000) + "[]]");

    Delivery delivery = read(body(element, MINIMAL));

    assertThat(delivery.rejected())
        .containsExactly(new Rejected(0, "it holds more than 50000 values"));
    assertThat(delivery.entries()).hasSize(1);
  }

  @Test
  void utilizationIsANumberFromZero() throws IOException {
    String limit =
        "{\"type\":\"limit\",\"window\":\"five_hour\",\"at\":\"2026-11-20T12:00:00Z\","
            + "\"utilization\":%s}";

    assertThat(read(body(limit.formatted("1"))).rejected()).isEmpty();
    assertThat(read(body(limit.formatted("1e400"))).rejected())
        .containsExactly(new Rejected(0, "'utilization' is not a number from 0: 1e400"));
    assertThat(read(body(limit.formatted("-0.1"))).rejected()).hasSize(1);
  }

  @Test
  void fileHasThousandNamesOfAKindAtMost() throws IOException {
    String file =
        "{\"type\":\"file\",\"file\":\"f\",\"size\":1,\"modified\":\"2026-11-20T12:00:00Z\","
            + "\"offset\":1,\"fingerprint\":-1,\"versions\":[%s{\"name\":\"v\",\"count\":1}]}";
    String name = "{\"name\":\"n\",\"count\":1},";

    assertThat(read(body(file.formatted(name.repeat(999)))).rejected()).isEmpty();
    assertThat(read(body(file.formatted(name.repeat(1_000)))).rejected())
        .containsExactly(new Rejected(0, "'versions' holds more than 1000 names"));
  }

  @Test
  void sessionTotalNeedsLittle() throws IOException {
    String total =
        "{\"type\":\"session_total\",\"session\":\"s\",\"project\":\"p\",\"cost\":\"1.5\","
            + "\"startedAt\":\"2026-11-20T13:00:00+01:00\"}";

    assertThat(only(total))
        .isInstanceOfSatisfying(
            SessionTotal.class,
            read -> {
              assertThat(read.startedAt()).isEqualTo(NOON);
              assertThat(read.costKnown()).isTrue();
              assertThat(read.cost()).isEqualTo(new Usd(1_500_000_000));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                        | empty
          []                                        | expected is an object
          {"protocol":1}                            | the field 'observations'
          {"observations":[]}                       | the field 'protocol'
          {"protocol":2,"observations":[]}          | "protocol":1
          {"protocol":1,"observations":{}}          | a list as 'observations'
          {"protocol":1,"observations":[],"agent":1}| a text as 'agent'
          {"protocol":1,"observations":[]} x        | not JSON
          {"protocol":1,"observations":[]} {}       | the end of the body
          {"protocol":1,"observations":[{"type"     | not JSON
          <html>                                    | at line 1, column 2
          {"protocol":1,"observations":[NaN]}       | at line 1, column
          """)
  void bodyOfAnotherShapeIsRefusedWithAPlace(String body, String message) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOf(MalformedDelivery.class)
        .hasMessageContaining(message)
        .hasMessageEndingWith(".");
  }

  @Test
  void boundsOfTheBodyAreKept() {
    String number = "[" + "1".repeat(65) + "]";
    String text = "[\"" + "x".repeat(70_000) + "\"]";
    String name = "[{\"" + "n".repeat(60_000) + "\":1}]";

    for (String observations : List.of("[".repeat(70), number, text, name)) {
      assertThatThrownBy(() -> read("{\"protocol\":1,\"observations\":" + observations))
          .isInstanceOf(MalformedDelivery.class)
          .hasMessageContaining("maximum");
    }
  }

  @Test
  void tenThousandObservationsAreTheMost() throws IOException {
    String most = "1,".repeat(9_999) + "1";

    assertThat(read(body(most)).rejected()).hasSize(10_000);
    assertThatThrownBy(() -> read(body(most, "1")))
        .isInstanceOf(MalformedDelivery.class)
        .hasMessageContaining("at most 10000 observations");
  }

  @Test
  void brokenUtf8IsRefused() {
    byte[] bytes = body(MINIMAL).getBytes(StandardCharsets.UTF_8);
    bytes[40] = (byte) 0xff;

    assertThatThrownBy(() -> DeliveryReader.read(new ByteArrayInputStream(bytes)))
        .isInstanceOf(MalformedDelivery.class);
  }

  @Test
  void failingConnectionIsNotTheBodysFault() {
    var failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("reset");
          }
        };

    assertThatThrownBy(() -> DeliveryReader.read(failing))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("reset");
  }

  private static Usd reportedCost(String json) throws IOException {
    return ((UsageEvent) only(with("\"reportedCost\":" + json))).usage().reportedCost();
  }

  private static String with(String fields) {
    return MINIMAL.substring(0, MINIMAL.length() - 1) + "," + fields + "}";
  }

  private static Object only(String element) throws IOException {
    Delivery delivery = read(body(element));
    assertThat(delivery.rejected()).isEmpty();
    return ((DeliveryEntry.Observed) delivery.entries().getFirst()).observation();
  }

  private static String body(String... elements) {
    return "{\"protocol\":1,\"agent\":\"curl\",\"observations\":["
        + String.join(",", elements)
        + "]}";
  }

  private static Delivery read(String body) throws IOException {
    return DeliveryReader.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }
}

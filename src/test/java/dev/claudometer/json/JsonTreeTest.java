package dev.claudometer.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What JSON becomes, and what becomes of JSON that is too much.
class JsonTreeTest {

  @Test
  void valuesAreWhatTheyAre() throws IOException {
    assertThat(read("{\"a\":[1,2.50,\"x\",true,null],\"b\":{\"c\":-3}}"))
        .isEqualTo(
            Map.of(
                "a",
                Arrays.asList(new BigDecimal(1), new BigDecimal("2.50"), "x", true, null),
                "b",
                Map.of("c", new BigDecimal(-3))));
  }

  @Test
  void ofARepeatedNameTheLastValueCounts() throws IOException {
    assertThat(read("{\"a\":1,\"a\":2}")).isEqualTo(Map.of("a", new BigDecimal(2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"a\"}", "[1,]", "{} {}", "nul", "{\"a\":0x1}", "\u0000"})
  void whatIsNotOneValueIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
  }

  @Test
  void depthAndLengthAreBounded() throws IOException {
    assertThat(read("[".repeat(60) + "]".repeat(60))).isInstanceOf(List.class);
    assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("9".repeat(65))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("\"" + "x".repeat(65 * 1024) + "\""))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e-99999999", "1e99999999", "-1E+2147483647", "0e-2147483000", "1e99999999999"})
  @Timeout(value = 120, unit = SECONDS)
  void numberBeyondAllMeasureIsNone(String number) throws IOException {
    assertThat(read("[" + number + "]")).isEqualTo(List.of(new JsonTree.Immense(number)));
    assertThat(FlatJson.read(stream("{\"a\":" + number + ",\"b\":1}"))).isEqualTo(Map.of("b", "1"));
    JsonValue value = JsonValue.parse(("{\"a\":" + number + "}").getBytes(UTF_8)).at("a");
    assertThatThrownBy(value::decimal)
        .isInstanceOf(BadJson.class)
        .hasMessage("a is " + number + ", not a number");
  }

  @Test
  void oneFieldIsReadWithoutTheOthers() throws IOException {
    String text = "{\"a\":\"" + "x".repeat(100_000) + "\",\"b\":{\"c\":[7]},\"d\":";
    assertThat(JsonTree.field(stream(text), "b"))
        .isEqualTo(Map.of("c", List.of(new BigDecimal(7))));
    assertThat(JsonTree.field(stream("{\"a\":1}"), "b")).isNull();
    assertThatThrownBy(() -> JsonTree.field(stream("[]"), "b")).isInstanceOf(IOException.class);
  }

  @Test
  void flatValuesHavePaths() throws IOException {
    assertThat(FlatJson.read(stream("{\"a\":{\"b\":1.50,\"c\":[\"x\",true]},\"d\":null}")))
        .isEqualTo(Map.of("a.b", "1.50", "a.c.0", "x", "a.c.1", "true"));
    assertThatThrownBy(() -> FlatJson.read(stream("[1]"))).isInstanceOf(IOException.class);
  }

  private static @Nullable Object read(String text) throws IOException {
    return JsonTree.read(stream(text));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}

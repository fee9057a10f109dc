package dev.claudometer.source.claudecode.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.source.claudecode.scan.Json.Malformed;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "true",
        "false",
        "0",
        "-1.5e+10",
        "\"\"",
        "\"a\\\"b\\\\\"",
        "{\"a\":1}",
        " { \"a\" : [ 1 , { } , [ ] , \"x\" ] , \"b\" : null } ",
        "[[[[]]],{\"a\":{\"b\":{\"c\":[]}}}]",
        "{\"a\":[{\"b\":[{\"c\":\"}]\"}]}],\"d\":\"[{\"}",
        "\"\\ud800\"",
        "\"twelve bytes and then some more \\\\\""
      })
  void oneValueIsSkippedWhole(String value) throws Malformed {
    Json json = over(value + " rest");
    json.skip();
    assertThat(json.at).isEqualTo(value.stripTrailing().length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1]",
        "{\"a\" 1}",
        "{a:1}",
        "{\"a\":1,}",
        "[1}",
        "[1,]",
        "[1 2]",
        "\"a",
        "\"a\\",
        "\"a\\\"",
        "tru",
        "nul",
        "}",
        "]",
        ",",
        ":",
        "\"tab\tin it\"",
        "\"nul\u0000in it and it is long enough for words\"",
        "\u0000",
        "[1,\u0000]"
      })
  void damageIsFound(String value) {
    Json json = over(value);
    assertThatThrownBy(json::skip).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 62, 63, 64, 65, 66, 100, 511, 512})
  void depthIsNotLost(int depth) throws Malformed {
    for (int seed = 0; seed < 10; seed++) {
      String nested = nested(new Random(seed), depth, "1");
      Json json = over(nested);
      json.skip();
      assertThat(json.at).isEqualTo(nested.length());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 100})
  void wrongBracketIsFoundAtEveryDepth(int depth) {
    for (int i = 0; i < depth; i++) {
      String nested = nested(new Random(i), depth, "1");
      int at = nested.length() - 1 - i;
      char wrong = nested.charAt(at) == '}' ? ']' : '}';
      Json json = over(nested.substring(0, at) + wrong + nested.substring(at + 1));
      assertThatThrownBy(json::skip).isInstanceOf(Malformed.class);
    }
  }

  @Test
  void absurdDepthIsDamageAndNoStackOverflow() {
    Json json = over("[".repeat(1_000_000));
    assertThatThrownBy(json::skip).isInstanceOf(Malformed.class);
  }

  @Test
  void depthAfterDeepSiblingsIsNotLost() throws Malformed {
    String deep = nested(new Random(5), 100, "{\"a\":[1,2]}");
    String value =
        "{\"a\":[" + deep + "," + deep + "],\"b\":{\"c\":" + deep + ",\"d\":[" + deep + "]}}";
    Json json = over(value);
    json.skip();
    assertThat(json.at).isEqualTo(value.length());
  }

  @Test
  void membersComeInTheirOrder() throws Malformed {
    Json json = over("{\"b\":1,\"a\":{\"b\":2},\"b\":3}");
    json.expect('{');
    var names = new StringBuilder();
    for (boolean first = true; json.nextMember(first); first = false) {
      names.append(json.text());
      json.skip();
    }
    assertThat(names).hasToString("bab");
    assertThat(json.at).isEqualTo(json.end);
  }

  @Test
  void escapedNamesAreUnescaped() throws Malformed {
    Json json = over("{\"ty\\u0070e\":1}");
    json.expect('{');
    assertThat(json.nextMember(true)).isTrue();
    assertThat(json.textEscaped).isTrue();
    assertThat(json.text()).isEqualTo("type");
  }

  @Test
  void everyEscapeIsRead() throws Malformed {
    Json json = over("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00é😀\"");
    json.string();
    assertThat(json.text()).isEqualTo("\"\\/\b\f\n\r\té😀é😀");
  }

  @Test
  void textStandsBetweenItsQuotesWhereverItBegins() throws Malformed {
    for (int length = 0; length < 40; length++) {
      for (int shift = 0; shift < 9; shift++) {
        String text = "x".repeat(length);
        Json json = over(" ".repeat(shift) + "\"" + text + "\",\"\"\"\"");
        json.string();
        assertThat(json.text()).isEqualTo(text);
        assertThat(json.textEscaped).isFalse();
      }
    }
  }

  @Test
  void bytesThatAreNoUtf8AreSteppedOver() throws Malformed {
    byte[] bytes = "\"a\u00ff\u0080\u00c3\",1".getBytes(ISO_8859_1);
    var json = new Json();
    json.over(bytes, 0, bytes.length);
    json.string();
    assertThat(json.at).isEqualTo(6);
  }

  @Test
  void countIsAWholeNumberOrNull() throws Malformed {
    assertThat(over("0").countOrNull()).isZero();
    assertThat(over("123456789012345678").countOrNull()).isEqualTo(123_456_789_012_345_678L);
    assertThat(over("null").countOrNull()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "1.5", "1e3", "\"1\"", "true", "{}", "99999999999999999999", "nil", ""})
  void whatIsNoCountIsDamage(String value) {
    Json json = over(value);
    assertThatThrownBy(json::countOrNull).isInstanceOf(Malformed.class);
  }

  @Test
  void nothingBeyondTheEndIsRead() {
    byte[] bytes = "[1,2]".getBytes(UTF_8);
    for (int end = 0; end < bytes.length; end++) {
      var json = new Json();
      json.over(bytes, 0, end);
      assertThatThrownBy(json::skip).isInstanceOf(Malformed.class);
    }
  }

  private static Json over(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    var json = new Json();
    json.over(bytes, 0, bytes.length);
    return json;
  }

  private static String nested(Random random, int depth, String innermost) {
    var open = new StringBuilder();
    var close = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      boolean object = random.nextBoolean();
      open.append(object ? "{\"k\":" : "[");
      close.insert(0, object ? '}' : ']');
    }
    return open + innermost + close;
  }
}

package dev.claudometer.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTextsTest {

  @Test
  void textsAreWhatStandsThere() throws IOException {
    assertThat(
            texts(
                """
                [{"a":"one","b":"one"},{"a":"one","b":"two"},{"a":"onf","b":"tw\\u006f"},
                 {"a":"","b":"\\ud83d\\ude00"},{"a":"é","b":"😀"},{"a":["é","e","one"],"b":"é"}]\
                """))
        .containsExactly(
            "one", "one", "one", "two", "onf", "two", "", "😀", "é", "😀", "é", "e", "one", "é");
  }

  @Test
  void textOfTheElementBeforeIsTaken() throws IOException {
    List<String> texts =
        texts("[{\"file\":\"/a/b\",\"id\":\"1\"},{\"file\":\"/a/b\",\"id\":\"2\"}]");
    assertThat(texts.get(2)).isSameAs(texts.get(0));
  }

  @Test
  void manyFieldsAndLongTextsAreReadToo() throws IOException {
    var json = new StringBuilder("[");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String text = "x".repeat(i * 10);
      expected.add(text);
      json.append(i == 0 ? "" : ",").append("{\"f").append(i % 150).append("\":\"");
      json.append(text).append("\"}");
    }
    assertThat(texts(json.append("]").toString())).isEqualTo(expected);
  }

  private static List<String> texts(String json) throws IOException {
    var recent = new RecentTexts();
    List<String> texts = new ArrayList<>();
    try (JsonParser parser =
        JsonBody.parser(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))) {
      for (JsonToken next = parser.nextToken(); next != null; next = parser.nextToken()) {
        if (next == JsonToken.VALUE_STRING) {
          texts.add(recent.of(parser));
        }
      }
    }
    return texts;
  }
}

package dev.claudometer.source.claudecode.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.source.claudecode.scan.Json.Malformed;
import org.junit.jupiter.api.Test;

class RepeatedTest {

  private final Json json = new Json();
  private final Repeated repeated = new Repeated();

  @Test
  void sameBytesGiveTheSameString() throws Malformed {
    String first = read("\"msg_1\"");
    assertThat(first).isEqualTo("msg_1");
    assertThat(read("\"msg_1\"")).isSameAs(first);
  }

  @Test
  void otherBytesGiveTheirOwn() throws Malformed {
    for (String text :
        new String[] {"", "msg_1", "msg_2", "msg_", "msg_11", "", "ü", "x".repeat(999)}) {
      assertThat(read('"' + text + '"')).isEqualTo(text);
    }
  }

  @Test
  void escapesAreReadAsTheyAre() throws Malformed {
    assertThat(read("\"a\\u0062\"")).isEqualTo("ab");
    assertThat(read("\"a\\u0062\"")).isEqualTo("ab");
    assertThat(read("\"ab\"")).isEqualTo("ab");
  }

  private String read(String document) throws Malformed {
    byte[] bytes = document.getBytes(UTF_8);
    json.over(bytes, 0, bytes.length);
    json.string();
    return repeated.of(json);
  }
}

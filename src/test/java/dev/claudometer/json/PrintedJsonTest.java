package dev.claudometer.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How numbers are spelled for whoever reads them with text tools.
class PrintedJsonTest {

  @ParameterizedTest
  @CsvSource({
    "4.1379310344827586E-7, 0.00000041379310344827586",
    "3.831417637931035E7, 38314176.37931035",
    "0.5, 0.5",
    "0, 0.0",
    "100, 100.0"
  })
  void numberHasNoExponent(double number, String spelled) {
    assertThat(printed(number)).isEqualTo(spelled);
  }

  @ParameterizedTest
  @CsvSource({"1E-7, 0.0000001", "1E+3, 1000"})
  void amountHasNoneEither(BigDecimal amount, String spelled) {
    assertThat(printed(amount)).isEqualTo(spelled);
  }

  @Test
  void documentIsTwoBlanksDeepAndWhatIsEmptyIsOnOneLine() {
    var document = new LinkedHashMap<String, Object>();
    document.put("name", "a");
    document.put("none", List.of());
    document.put("nothing", Map.of());
    document.put("list", Arrays.asList(1, null, Map.of("odd \"name\"", true)));
    assertThat(text(document))
        .isEqualTo(
            """
            {
              "name": "a",
              "none": [],
              "nothing": {},
              "list": [
                1,
                null,
                {
                  "odd \\"name\\"": true
                }
              ]
            }
            """);
  }

  @Test
  void eachLevelOfADeepDocumentIsTwoBlanksDeeper() {
    Object value = "end";
    for (int i = 0; i < 40; i++) {
      value = List.of(value);
    }
    List<String> lines = text(value).lines().toList();
    assertThat(lines).hasSize(81);
    for (int depth = 0; depth < 40; depth++) {
      assertThat(lines.get(depth)).isEqualTo("  ".repeat(depth) + "[");
      assertThat(lines.get(80 - depth)).isEqualTo("  ".repeat(depth) + "]");
    }
  }

  @Test
  void instantIsWrittenAsJavaWouldWithThreeDigits() {
    var format = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT);
    var random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      Instant at = Instant.ofEpochSecond(random.nextLong(-60_000_000_000L, 250_000_000_000L), i);
      assertThat(PrintedJson.instant(at)).isEqualTo(format.format(at.atOffset(ZoneOffset.UTC)));
    }
    assertThat(PrintedJson.instant(Instant.parse("2026-11-30T19:05:09.0129Z")))
        .isEqualTo("2026-11-30T19:05:09.012Z");
  }

  private static String text(Object value) {
    var out = new ByteArrayOutputStream();
    PrintedJson.print(out, value);
    return out.toString(UTF_8);
  }

  private static String printed(Object value) {
    return text(List.of(value)).replaceAll("[\\[\\]\\s]", "");
  }
}

package dev.claudometer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.claudometer.cli.Claudometer;
import dev.claudometer.cli.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every folder of the golden corpus: its transcripts through the real command line, against
/// hand-computed answers.
///
/// `expected.json` names only what matters: of an object the given keys, of a list every element in
/// order.
class GoldenCorpusTest {

  private static final Path CORPUS = Path.of("src/test/resources/corpus");
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-02T12:00:00Z"));

  @TempDir Path temporary = Path.of("");

  static Stream<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CORPUS)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void caseHasItsHandComputedAnswer(String name) throws IOException {
    Path home = CORPUS.resolve(name).resolve("input").toAbsolutePath();
    check(name, home);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void secondRunGivesTheSameAnswer(String name) throws IOException {
    Path home = CORPUS.resolve(name).resolve("input").toAbsolutePath();
    check(name, home);
    check(name, home);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readingLineByLineGivesTheSameTotals(String name) throws IOException {
    Path source = CORPUS.resolve(name).resolve("input");
    Path home = temporary.resolve("growing");
    List<Path> files;
    try (Stream<Path> tree = Files.walk(source)) {
      files = tree.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path target = home.resolve(source.relativize(file).toString());
      Files.createDirectories(target.getParent());
      byte[] bytes = Files.readAllBytes(file);
      int half = bytes.length / 2;
      Files.write(target, Arrays.copyOf(bytes, half));
      run(home, List.of("daily"));
      Files.write(target, bytes);
      run(home, List.of("daily"));
    }
    check(name, home);
  }

  private void check(String name, Path home) throws IOException {
    Object expected = tree(Files.readAllBytes(CORPUS.resolve(name).resolve("expected.json")));
    for (Object run : list(object(expected).get("runs"))) {
      List<String> arguments = new ArrayList<>();
      list(object(run).get("arguments")).forEach(argument -> arguments.add((String) argument));
      Object answer = tree(run(home, arguments));
      assertSubset(name + " " + arguments, object(run).get("expect"), answer);
    }
  }

  private byte[] run(Path home, List<String> arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var surroundings =
        new Surroundings(
            Map.of("XDG_STATE_HOME", temporary.resolve("state").toString()),
            temporary,
            InputStream.nullInputStream(),
            new PrintStream(out, false, UTF_8),
            new PrintStream(err, true, UTF_8),
            NOW,
            ZoneOffset.UTC,
            0,
            false);
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--json", "--home", home.toString()));
    int code = Claudometer.run(surroundings, all.toArray(String[]::new));
    assertThat(code).as("%s: %s", all, err.toString(UTF_8)).isZero();
    return out.toByteArray();
  }

  private static void assertSubset(
      String where, @Nullable Object expected, @Nullable Object actual) {
    switch (expected) {
      case Map<?, ?> map -> {
        assertThat(actual).as(where).isInstanceOf(Map.class);
        map.forEach(
            (key, value) -> assertSubset(where + "." + key, value, object(actual).get(key)));
        assertThat(map.isEmpty() && !object(actual).isEmpty()).as(where + " is empty").isFalse();
      }
      case List<?> list -> {
        assertThat(actual).as(where).isInstanceOf(List.class);
        assertThat(list(actual)).as(where).hasSameSizeAs(list);
        for (int i = 0; i < list.size(); i++) {
          assertSubset(where + "[" + i + "]", list.get(i), list(actual).get(i));
        }
      }
      case BigDecimal number ->
          assertThat(actual)
              .as(where)
              .isInstanceOfSatisfying(
                  BigDecimal.class,
                  answer -> assertThat(answer).as(where).isEqualByComparingTo(number));
      case null -> assertThat(actual).as(where).isNull();
      default -> assertThat(actual).as(where).isEqualTo(expected);
    }
  }

  private static Map<?, ?> object(@Nullable Object json) {
    assertThat(json).isInstanceOf(Map.class);
    return (Map<?, ?>) json;
  }

  private static List<?> list(@Nullable Object json) {
    assertThat(json).isInstanceOf(List.class);
    return (List<?>) json;
  }

  private static @Nullable Object tree(byte[] json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      return value(parser);
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          parser.nextToken();
          map.put(key, value(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        var list = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }
}

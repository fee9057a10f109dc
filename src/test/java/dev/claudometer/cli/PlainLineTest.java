package dev.claudometer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.app.process.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// What is read without picocli means what it means to picocli.
class PlainLineTest {

  @TempDir Path home = Path.of("");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "daily",
        "daily --json",
        "daily -j",
        "weekly",
        "weekly --json",
        "monthly",
        "monthly --json",
        "session",
        "session --json",
        "blocks",
        "blocks --json",
        "projects",
        "projects --json",
        "models",
        "models --json",
        "branches --json",
        "agents --json",
        "skills --json",
        "tools --json",
        "mcp",
        "mcp --json",
        "statusline",
        "limits",
        "limits --json",
        "doctor",
        "doctor --json",
        "verify",
        "explain 2026-11-01",
        "explain 20261101 --json"
      })
  void picocliWouldMakeTheSameCommand(String line) throws IllegalAccessException {
    Callable<?> plain = PlainLine.command(surroundings(), words(line));
    assertThat(plain).isNotNull();
    Object described = described(line);
    assertThat(plain).hasSameClassAs(described);
    assertThat(values(plain)).isEqualTo(values(described));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "daily --csv",
        "daily -jb",
        "--json daily",
        "--json",
        "session s-1",
        "statusline --json",
        "verify --json",
        "explain",
        "explain daily",
        "explain --help",
        "explain 2026-11-01 --json --json",
        "claude daily",
        "dayly",
        "@words",
        "help",
        "agent start"
      })
  void whateverSaysMoreIsLeftToPicocli(String line) {
    assertThat(PlainLine.command(surroundings(), words(line))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-v", "-V", "--version"})
  void theVersionIsPrintedAsPicocliDoes(String option) {
    assertThat(Claudometer.run(surroundings(), option)).isZero();
    String plain = out.toString(UTF_8);
    out.reset();
    assertThat(Claudometer.run(surroundings(), "daily", option)).isZero();
    assertThat(plain).startsWith("claudometer ").isEqualTo(out.toString(UTF_8));
  }

  @Test
  void whatGoesWrongIsSaidTheSame() {
    assertThat(Claudometer.run(surroundings(), "daily")).isEqualTo(1);
    String plain = out.toString(UTF_8);
    out.reset();
    assertThat(Claudometer.run(surroundings(), "daily", "--offline")).isEqualTo(1);
    assertThat(plain).startsWith("claudometer: no Claude").isEqualTo(out.toString(UTF_8));
  }

  private Object described(String line) {
    CommandLine all = Claudometer.all(surroundings());
    CommandLine.ParseResult parsed =
        all.parseArgs(CommandFirst.arrange(all, words(line)).toArray(String[]::new));
    return parsed.subcommand().commandSpec().userObject();
  }

  private static List<String> words(String line) {
    return List.of(line.split(" "));
  }

  /// What its fields hold, those of its groups of options included.
  private static Map<String, String> values(Object command) throws IllegalAccessException {
    var values = new TreeMap<String, String>();
    for (Class<?> type = command.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && field.getType() != Surroundings.class) {
          field.setAccessible(true);
          Object value = field.get(command);
          if (field.isAnnotationPresent(CommandLine.Mixin.class)) {
            values(value).forEach((name, held) -> values.put(field.getName() + "." + name, held));
          } else {
            values.put(field.getName(), String.valueOf(value));
          }
        }
      }
    }
    return values;
  }

  private Surroundings surroundings() {
    var printed = new PrintStream(out, true, UTF_8);
    return new Surroundings(
        Map.of(),
        home,
        new ByteArrayInputStream(new byte[0]),
        printed,
        printed,
        InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z")),
        ZoneOffset.UTC,
        0,
        false);
  }
}

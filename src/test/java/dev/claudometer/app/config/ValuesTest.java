package dev.claudometer.app.config;

import static dev.claudometer.app.config.Variable.secret;
import static dev.claudometer.app.config.Variable.variable;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was given, by which name, and what is wrong with it.
class ValuesTest {

  private static final Variable DOOR = variable("DOOR", "1", "A number.", "serve");
  private static final Variable OPEN = variable("OPEN", "no", "A flag.", "serve");
  private static final Variable WORD = secret("WORD", "none", "A secret.", "serve");

  @TempDir private Path directory;

  @Test
  void optionWinsOverVariableAndVariableOverFile() throws IOException {
    Path file = Files.writeString(directory.resolve("door"), "3\n");
    var values = values(Map.of("DOOR", "2", "DOOR_FILE", file.toString()));
    assertThat(values.given("--door", "1", DOOR)).isEqualTo(new Given("--door", "1", false));
    assertThat(values.given("--door", null, DOOR)).isEqualTo(new Given("DOOR", "2", false));
    assertThat(values(Map.of("DOOR_FILE", file.toString())).given(DOOR))
        .isEqualTo(new Given("DOOR_FILE", "3", false));
    assertThat(values(Map.of()).given(DOOR)).isNull();
  }

  @Test
  void everythingWrongIsSaidAtOnceByTheNameThatItWasGivenBy() throws IOException {
    Path file = Files.writeString(directory.resolve("open"), "perhaps");
    var values = values(Map.of("DOOR", "x", "OPEN_FILE", file.toString(), "WORD", "hunter2"));
    values.number(values.given("--door", "y", DOOR), 1, 9);
    values.number(values.given(DOOR), 1, 9);
    values.flag(OPEN);
    values.wrong(values.given(WORD), "has to be longer");
    assertThatThrownBy(values::check)
        .isInstanceOf(WrongUsage.class)
        .hasMessage(
            "--door has to be a number up to 9: 'y'; DOOR has to be a number up to 9: 'x';"
                + " OPEN_FILE has to be true or false: 'perhaps'; WORD has to be longer");
  }

  @Test
  void fileThatIsNotThereOrEmptyIsSaid() throws IOException {
    Path empty = Files.writeString(directory.resolve("empty"), "\n");
    var values = values(Map.of("DOOR_FILE", "/nowhere", "WORD_FILE", empty.toString()));
    assertThat(values.given(DOOR)).isNull();
    assertThat(values.given(WORD)).isNull();
    assertThatThrownBy(values::check)
        .hasMessage("DOOR_FILE: cannot read /nowhere; WORD_FILE: there is nothing in " + empty);
  }

  @Test
  void wordsForYesAndNoAreUnderstood() {
    assertThat(values(Map.of("OPEN", "Yes")).flag(OPEN)).isTrue();
    assertThat(values(Map.of("OPEN", "1")).flag(OPEN)).isTrue();
    assertThat(values(Map.of("OPEN", "off")).flag(OPEN)).isFalse();
    var unset = values(Map.of());
    assertThat(unset.flag(OPEN)).isFalse();
    assertThatCode(unset::check).doesNotThrowAnyException();
  }

  private Values values(Map<String, String> environment) {
    var nowhere = new PrintStream(new ByteArrayOutputStream(), false, UTF_8);
    return new Values(
        new Surroundings(
            environment,
            directory,
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            InstantSource.fixed(Instant.EPOCH),
            ZoneOffset.UTC,
            0,
            false));
  }
}

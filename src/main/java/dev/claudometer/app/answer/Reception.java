package dev.claudometer.app.answer;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.app.LocalData;
import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.config.LauncherVariables;
import dev.claudometer.app.config.PlaceVariables;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.model.Cause;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Answers the launcher in the place of a process of its own: the same bytes, the same exit code.
/// What this process is not sure of it leaves to the launcher, which then runs the command itself.
public final class Reception implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.answer");

  private final Surroundings own;
  private final Supplier<@Nullable HeldData> held;
  private final Answering answering;
  private final Installed installed;
  private final AskerZone zones;
  private final Remembered remembered = new Remembered();
  private @Nullable Doorway doorway;

  private Reception(
      Surroundings own,
      Supplier<@Nullable HeldData> held,
      Answering answering,
      Installed installed) {
    this.own = own;
    this.held = held;
    this.answering = answering;
    this.installed = installed;
    zones = new AskerZone(PlaceVariables.TZ.in(own));
  }

  /// Opens, unless another process answers for this state directory.
  ///
  /// @param held the data; null where they are not held yet
  /// @return null where nobody can be answered
  public static @Nullable Reception open(
      Surroundings own,
      StateDirectory state,
      Supplier<@Nullable HeldData> held,
      Answering answering) {
    Installed installed = Installed.of(LauncherVariables.LAUNCHER.in(own));
    if (installed == null || !Files.isDirectory(state.path())) {
      return null;
    }
    var reception = new Reception(own, held, answering, installed);
    try {
      reception.doorway = Doorway.open(state, reception::answer, reception::rest);
    } catch (IOException failure) {
      LOG.log(WARNING, "does not answer the command line: " + Cause.of(failure));
    }
    return reception.doorway == null ? null : reception;
  }

  /// A directory for marks: see [dev.claudometer.agent.ContinuousSync].
  ///
  /// @throws dev.claudometer.app.process.Failed where it cannot be made
  public static Path marks(StateDirectory state) {
    return Doorway.marks(state);
  }

  /// All files that it leaves, and what they are in after them.
  public static List<Path> traces(StateDirectory state) {
    return Doorway.traces(state);
  }

  private byte[] answer(Asked asked) {
    try {
      byte[] answer = installed.isThatOf(asked.launcher()) ? answerOrNull(asked) : null;
      return answer == null ? PrintedAnswer.declined() : answer;
    } catch (InvalidPathException | OutOfMemoryError beyond) {
      LOG.log(INFO, "left to the command itself: " + beyond);
      return PrintedAnswer.declined();
    } catch (RuntimeException failure) {
      LOG.log(WARNING, "left to the command itself", failure);
      return PrintedAnswer.declined();
    }
  }

  private byte @Nullable [] answerOrNull(Asked asked) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    Surroundings asker = asker(asked, out, err);
    HeldData data = held.get();
    if (asker == null
        || data == null
        || !sameFiles(asker, data)
        || !answering.onlyAsks(asker, asked.arguments())) {
      return null;
    }
    boolean memorable =
        answering.ofTheStore(asked.arguments())
            && asked.arguments().stream().noneMatch(word -> word.startsWith("--home"));
    byte[] known = memorable ? known(asked, asker, data) : null;
    return known == null ? made(asked, asker, data, out, err, memorable) : known;
  }

  private byte @Nullable [] known(Asked asked, Surroundings asker, HeldData data) {
    return remembered.knows(asked)
        ? remembered.answer(
            asked, data.once(own.clock()).versionNow(ClaudeFiles.search(List.of(), asker)))
        : null;
  }

  private byte @Nullable [] made(
      Asked asked,
      Surroundings asker,
      HeldData data,
      ByteArrayOutputStream out,
      ByteArrayOutputStream err,
      boolean memorable) {
    HeldData.Once once = data.once(own.clock());
    int code = LocalData.within(once, () -> answering.run(asker, asked.arguments()));
    asker.out().flush();
    boolean usual = code == Exit.DONE || code == Exit.FAILED || code == Exit.WRONG_USAGE;
    if (once.refused() || !usual) {
      return null;
    }
    byte[] answer = PrintedAnswer.of(code, err.toByteArray(), out.toByteArray());
    String version = once.version();
    boolean timeless =
        err.size() == 0 && asker.clock() instanceof WatchedClock clock && !clock.read();
    if (memorable && timeless && version != null && answer != null) {
      remembered.remember(asked, version, answer);
    }
    return answer;
  }

  /// What answers needed is given back.
  private void rest() {
    HeldData data = held.get();
    if (data != null) {
      data.store().rest();
      data.memory().rest();
    }
    remembered.forget();
    System.gc();
  }

  /// Who asks; null where a process of its own would find what this one does not.
  private @Nullable Surroundings asker(Asked asked, OutputStream out, OutputStream err) {
    Map<String, String> environment = asked.environment();
    String home = environment.getOrDefault(PlaceVariables.HOME.name(), "");
    ZoneId zone = zones.of(environment.getOrDefault(PlaceVariables.TZ.name(), ""));
    if (home.isEmpty() || zone == null || !asked.columns().matches("[1-9][0-9]{0,4}|")) {
      return null;
    }
    return new Surroundings(
        environment,
        Path.of(home),
        new ByteArrayInputStream(asked.input().getBytes(UTF_8)),
        new PrintStream(out, false, UTF_8),
        new PrintStream(err, true, UTF_8),
        new WatchedClock(own.clock()),
        zone,
        asked.columns().isEmpty() ? 0 : Integer.parseInt(asked.columns()),
        false);
  }

  private boolean sameFiles(Surroundings asker, HeldData data) {
    StateDirectory state = StateDirectory.of(asker);
    String managed = PlaceVariables.CLAUDOMETER_MANAGED_SETTINGS.in(asker);
    return state.path().isAbsolute()
        && state.equals(data.state())
        && managed.equals(PlaceVariables.CLAUDOMETER_MANAGED_SETTINGS.in(own))
        && absolute(managed)
        && absolute(PlaceVariables.HOME.in(asker))
        && absolute(PlaceVariables.XDG_CONFIG_HOME.in(asker))
        && Stream.of(PlaceVariables.CLAUDE_CONFIG_DIR.in(asker).split(",", -1))
            .allMatch(place -> place.strip().startsWith("~") || absolute(place.strip()));
  }

  /// A process of its own may run in another directory.
  private static boolean absolute(String path) {
    return path.isEmpty() || Path.of(path).isAbsolute();
  }

  @Override
  public void close() throws IOException {
    Objects.requireNonNull(doorway).close();
  }
}

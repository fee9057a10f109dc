package dev.claudometer.app.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

/// Everything a command takes from the process that it runs in, so that a test can give it
/// something else.
///
/// @param zone the zone that days are cut in unless told otherwise
/// @param outColumns width of the terminal that `out` goes to, 0 where it is none
/// @param errIsTerminal whether a progress bar makes sense
public record Surroundings(
    Map<String, String> environment,
    Path userHome,
    InputStream in,
    PrintStream out,
    PrintStream err,
    InstantSource clock,
    ZoneId zone,
    int outColumns,
    boolean errIsTerminal) {

  private static final int BUFFER = 1 << 16;

  /// Below it there can be no file.
  private static final Path NOWHERE = Path.of("/dev/null");

  /// Those of this process. The launcher says what it knows of the terminal in
  /// `CLAUDOMETER_COLUMNS` and `CLAUDOMETER_PROGRESS`.
  public static Surroundings ofProcess() {
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home", "."));
    var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    return ofProcess(Path.of(home.isEmpty() ? "." : home), err);
  }

  /// The same where nothing can be read or kept, and that was said: the locale lacks letters of the
  /// home's path.
  public static Surroundings ofHomelessProcess() {
    return ofProcess(NOWHERE, new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
  }

  private static Surroundings ofProcess(Path userHome, PrintStream err) {
    Map<String, String> environment = System.getenv();
    var out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER),
            false,
            UTF_8);
    return new Surroundings(
        environment,
        userHome,
        System.in,
        out,
        err,
        InstantSource.system(),
        ZoneId.systemDefault(),
        columns(environment.getOrDefault("CLAUDOMETER_COLUMNS", "")),
        environment.containsKey("CLAUDOMETER_PROGRESS"));
  }

  private static int columns(String text) {
    return text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : 0;
  }

  /// An environment variable, empty where it is not set.
  public String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  /// A directory for files of the user: the variable's where it is set, on Windows that of the
  /// other variable, else one in the user's home.
  ///
  /// @param usual relative to the home
  public Path directory(String variable, String onWindows, Path usual) {
    FileSystem files = userHome.getFileSystem();
    boolean windows = files.getSeparator().equals("\\");
    String named = variable(variable);
    if (named.isBlank() && windows) {
      named = variable(onWindows);
    }
    return named.isBlank() ? userHome.resolve(usual.toString()) : files.getPath(named);
  }

  /// What to do about a path with letters that the locale does not have: `LANG=C` has ASCII only.
  public static String unwritable(InvalidPathException path) {
    return "the locale lacks letters of the path '" + path.getInput() + "': set LC_ALL=C.UTF-8";
  }
}

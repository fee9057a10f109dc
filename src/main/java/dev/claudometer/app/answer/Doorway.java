package dev.claudometer.app.answer;

import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.claudometer.agent.ContinuousSync;
import dev.claudometer.agent.service.Instance;
import dev.claudometer.agent.service.OwnFile;
import dev.claudometer.app.process.StateDirectory;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The door in the state directory, and the notice of who stands behind it. One process at a time
/// holds it.
///
/// ```
/// ask.sock   the socket
/// ask        protocol, process, when that began, a port for shells without sockets, a token
/// ask.lock   held by the process
/// marks/     what tells it that all changes before were heard of
/// ```
///
/// Everything is its owner's alone. The port is this machine's, so others can reach it: without the
/// token, which only the owner can read, they get nothing. The other way round, a shell makes sure
/// by the time at which the process began that the port is still that of the process that wrote the
/// notice; where the system does not tell that time there is no port.
final class Doorway implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.answer");

  /// Changes with what is asked and answered.
  private static final int PROTOCOL = 1;

  private static final String MARKS = "marks";
  private static final int TOKEN_BYTES = 32;
  private static final Path SELF = Path.of("/proc/self/stat");

  /// Behind the command's name in parentheses.
  private static final int BEGAN = 19;

  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("----w--w-");

  private final Instance instance;
  private final Door door;
  private final OwnFile notice;
  private final Path socket;

  private Doorway(Instance instance, Door door, OwnFile notice, Path socket) {
    this.instance = instance;
    this.door = door;
    this.notice = notice;
    this.socket = socket;
  }

  /// Opens the door; null where another process holds it.
  static @Nullable Doorway open(
      StateDirectory state, Function<Asked, byte[]> answers, Runnable quiet) throws IOException {
    Path directory = state.path();
    if (Files.getPosixFilePermissions(directory).stream().anyMatch(OTHERS::contains)) {
      throw new IOException("others may write to " + directory);
    }
    Instance instance = Instance.become(directory.resolve("ask.lock"));
    if (instance == null) {
      return null;
    }
    String token = token();
    Door door = Door.open(token, answers, quiet);
    var doorway =
        new Doorway(
            instance, door, new OwnFile(directory.resolve("ask")), directory.resolve("ask.sock"));
    boolean open = false;
    try {
      doorway.listen(token);
      open = true;
      return doorway;
    } finally {
      if (!open) {
        doorway.close();
      }
    }
  }

  static Path marks(StateDirectory state) {
    var marks = new StateDirectory(state.path().resolve(MARKS));
    marks.create();
    return marks.path();
  }

  static List<Path> traces(StateDirectory state) {
    List<Path> traces =
        new ArrayList<>(
            Stream.of("ask", "ask.sock", "ask.lock").map(state.path()::resolve).toList());
    Path marks = state.path().resolve(MARKS);
    for (String name : ContinuousSync.markNames()) {
      traces.add(marks.resolve(name));
    }
    traces.add(marks);
    return traces;
  }

  private static String token() {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private void listen(String token) throws IOException {
    Files.deleteIfExists(notice.path());
    Files.deleteIfExists(socket);
    bind();
    String began = began();
    int port = began.isEmpty() ? 0 : door.listen();
    door.start();
    notice.publish(
        String.join(
            " ",
            Integer.toString(PROTOCOL),
            Long.toString(ProcessHandle.current().pid()),
            began.isEmpty() ? "0" : began,
            Integer.toString(port),
            token + "\n"));
  }

  /// A path may be too long for a socket: then there is the port alone.
  private void bind() throws IOException {
    try {
      door.listen(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException | UnsupportedAddressTypeException tooLong) {
      Files.deleteIfExists(socket);
      LOG.log(WARNING, "no socket at " + socket + ": " + tooLong.getMessage());
    }
  }

  /// In ticks since the system began; empty where the system does not say.
  private static String began() {
    try {
      String line = Files.readString(SELF, US_ASCII);
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return fields[BEGAN];
    } catch (IOException notLinux) {
      return "";
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(notice.path());
    Files.deleteIfExists(socket);
    door.close();
    instance.close();
  }
}

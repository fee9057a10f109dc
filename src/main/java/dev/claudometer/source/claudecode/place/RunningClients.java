package dev.claudometer.source.claudecode.place;

import dev.claudometer.model.SessionId;
import dev.claudometer.source.claudecode.scan.FieldNames;
import dev.claudometer.source.claudecode.scan.Json;
import dev.claudometer.source.claudecode.scan.Json.Malformed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// The sessions of clients that run now: each keeps a file `sessions/<pid>.json` beside `projects`.
/// Files beside it with other names hold secrets, and are not opened.
public final class RunningClients {

  private static final int MOST_BYTES = 64 << 10;
  private static final Duration FRESH = Duration.ofMinutes(30);
  private static final FieldNames FIELDS = FieldNames.of("sessionId", "pid", "updatedAt");

  private final LongPredicate alive;

  /// @param alive whether there is a process with an id
  public RunningClients(LongPredicate alive) {
    this.alive = alive;
  }

  private record Client(SessionId session, boolean alive, Instant updated) {}

  /// The sessions of running clients; null where no home has a directory for them, so that nobody
  /// knows. Where not a single process is to be seen, as from within a container, those count that
  /// were written in the last half hour.
  public @Nullable Set<SessionId> sessions(List<ClaudeHome> homes, Instant now) {
    List<Client> clients = new ArrayList<>();
    boolean known = false;
    for (ClaudeHome home : homes) {
      Path directory = home.projects().resolveSibling("sessions");
      if (Files.isDirectory(directory)) {
        known = true;
        read(directory, clients);
      }
    }
    boolean anyAlive = clients.stream().anyMatch(Client::alive);
    Set<SessionId> sessions = new TreeSet<>();
    for (Client client : clients) {
      if (anyAlive ? client.alive() : client.updated().plus(FRESH).isAfter(now)) {
        sessions.add(client.session());
      }
    }
    return known ? sessions : null;
  }

  private void read(Path directory, List<Client> to) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "[0-9]*.json")) {
      for (Path file : files) {
        if (String.valueOf(file.getFileName()).matches("[0-9]{1,10}\\.json")
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          readFile(file, to);
        }
      }
    } catch (IOException goneMeanwhile) {
      // a client that has just ended takes its file along
    }
  }

  private void readFile(Path file, List<Client> to) {
    try (InputStream in =
        Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(MOST_BYTES);
      to.add(client(bytes));
    } catch (IOException | Malformed notOne) {
      // half written or gone: the next look finds it whole
    }
  }

  private Client client(byte[] bytes) throws Malformed {
    var json = new Json();
    json.over(bytes, 0, bytes.length);
    String session = null;
    long pid = -1;
    long updated = 0;
    json.expect('{');
    for (boolean first = true; json.nextMember(first); first = false) {
      switch (FIELDS.find(json.bytes, json.textFrom, json.textTo)) {
        case 0 -> session = json.stringOrSkip() ? json.text() : null;
        case 1 -> pid = json.countOrNull();
        case 2 -> updated = json.countOrNull();
        default -> json.skip();
      }
    }
    if (session == null || pid < 0) {
      throw new Malformed();
    }
    return new Client(
        new SessionId(session), alive.test(pid), Instant.ofEpochMilli(Math.max(0, updated)));
  }
}

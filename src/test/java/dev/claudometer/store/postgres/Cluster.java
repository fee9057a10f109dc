package dev.claudometer.store.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;

/// A PostgreSQL of a test's own, which can be killed, started again and copied.
@Tag("database")
final class Cluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Path data;
  private final Path binaries;
  private final int port = freePort();
  private final List<ProcessHandle> orphans = new ArrayList<>();
  private @Nullable Process postmaster;

  private Cluster(Path data, Path binaries) {
    this.data = data;
    this.binaries = binaries;
  }

  /// A new cluster that does not run yet.
  static Cluster make(Path data) throws IOException {
    // this unpacks the binaries and makes the files; what it starts cannot be killed and restarted
    EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).start().close();
    String started = Files.readString(data.resolve("postmaster.opts"));
    Path postgres = Path.of(started.substring(0, started.indexOf(' ')));
    return new Cluster(data, postgres.resolveSibling(""));
  }

  /// A replica of this cluster, which must not run; neither does the replica yet.
  Cluster replica(Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copy.resolve(data.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Files.createFile(copy.resolve("standby.signal"));
    Files.writeString(
        copy.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=localhost port=" + port + " user=postgres'\n");
    return new Cluster(copy, binaries);
  }

  int port() {
    return port;
  }

  String url() {
    return "postgresql://postgres@localhost:" + port + "/postgres";
  }

  /// Starts the server and waits until it answers.
  ///
  /// @param settings `name=value`
  void start(String... settings) throws IOException, InterruptedException {
    Instant until = Instant.now().plus(PATIENCE);
    postmaster = launch(settings);
    while (!answers()) {
      if (Instant.now().isAfter(until)) {
        throw new IOException("no answer from PostgreSQL: " + Files.readString(log()));
      }
      if (!postmaster.isAlive()) {
        // processes of one that was killed may still hold its memory
        postmaster = launch(settings);
      }
      Thread.sleep(50);
    }
  }

  private Process launch(String... settings) throws IOException {
    List<String> command = command("postgres");
    command.addAll(List.of("-D", data.toString(), "-p", String.valueOf(port)));
    command.addAll(List.of("-c", "listen_addresses=localhost", "-c", "unix_socket_directories="));
    // no fewer than when it was made, which a replica insists on
    command.addAll(List.of("-c", "max_connections=300"));
    // in the data directory, so that nothing outlives it
    command.addAll(List.of("-c", "dynamic_shared_memory_type=mmap"));
    for (String setting : settings) {
      command.addAll(List.of("-c", setting));
    }
    return run(command);
  }

  private List<String> command(String binary) {
    List<String> command = new ArrayList<>();
    if (LinuxUtils.isUnshareAvailable()) {
      // PostgreSQL refuses to be root
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(binaries.resolve(binary).toString());
    return command;
  }

  private Process run(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private Path log() {
    return data.resolveSibling(data.getFileName() + ".log");
  }

  private boolean answers() {
    try (Connection connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  /// A connection that no store knows of.
  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + port + "/postgres?connectTimeout=1&socketTimeout=5",
        "postgres",
        null);
  }

  /// Ends the first process at once, without a chance to write; the others notice and follow.
  void kill() throws InterruptedException {
    Process running = running();
    orphans.addAll(running.descendants().toList());
    running.destroyForcibly().waitFor();
  }

  /// Makes a replica take over.
  void promote() throws IOException {
    control("promote");
  }

  private void control(String... action) throws IOException {
    List<String> command = command("pg_ctl");
    command.addAll(List.of("-D", data.toString(), "-w", "-t", "100"));
    command.addAll(List.of(action));
    Process control = run(command);
    control.onExit().completeOnTimeout(control, PATIENCE.toSeconds(), SECONDS).join();
    if (control.isAlive() || control.exitValue() != 0) {
      control.destroyForcibly();
      throw new IOException(String.join(" ", action) + ": " + Files.readString(log()));
    }
  }

  private Process running() {
    if (postmaster == null) {
      throw new IllegalStateException("not started");
    }
    return postmaster;
  }

  /// Ends everything that was started.
  @Override
  public void close() throws IOException {
    if (postmaster == null) {
      return;
    }
    orphans.addAll(postmaster.descendants().toList());
    try {
      if (postmaster.isAlive()) {
        control("stop", "-m", "immediate");
      } else {
        releaseMemory();
      }
    } finally {
      postmaster.destroyForcibly().onExit().join();
      orphans.forEach(ProcessHandle::destroyForcibly);
      orphans.forEach(orphan -> orphan.onExit().join());
    }
  }

  /// A server that was killed leaves a small segment of shared memory behind.
  private void releaseMemory() throws IOException {
    Path pid = data.resolve("postmaster.pid");
    if (Files.exists(pid, LinkOption.NOFOLLOW_LINKS)) {
      String[] keyAndId = Files.readAllLines(pid).get(6).strip().split(" +");
      run(List.of("ipcrm", "-m", keyAndId[1])).onExit().join();
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

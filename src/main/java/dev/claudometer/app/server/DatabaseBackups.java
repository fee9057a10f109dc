package dev.claudometer.app.server;

import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.model.Cause;
import dev.claudometer.server.api.Backups;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Copies a running server's database into a file beside its state.
record DatabaseBackups(Database database, StateDirectory state) implements Backups {

  private static final System.Logger LOG = System.getLogger("claudometer.backup");
  private static final String PREFIX = "backup-";
  private static final Pattern OURS = Pattern.compile("backup-?([0-9]+)-?[0-9]*\\.db(-wal|-shm)?");

  /// Removes what processes have left that were killed while they made a copy: it is a whole
  /// database, or half of one. A process that is running may be making one.
  void removeLeftOvers() {
    if (!Files.isDirectory(state.path())) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(state.path(), "backup*.db*")) {
      for (Path file : files) {
        Matcher name = OURS.matcher(file.getFileName().toString());
        if (name.matches() && !running(name.group(1))) {
          Files.deleteIfExists(file);
          LOG.log(System.Logger.Level.INFO, "removed an unfinished backup: " + file);
        }
      }
    } catch (IOException failure) {
      LOG.log(System.Logger.Level.WARNING, "unfinished backups stay: " + Cause.of(failure));
    }
  }

  private static boolean running(String pid) {
    return pid.length() < 12
        && Long.parseLong(pid) != ProcessHandle.current().pid()
        && ProcessHandle.of(Long.parseLong(pid)).isPresent();
  }

  @Override
  public Path make() throws IOException {
    state.create();
    Path file =
        Files.createTempFile(state.path(), PREFIX + ProcessHandle.current().pid() + "-", ".db");
    boolean done = false;
    try {
      SqliteStore.copy(database, file);
      done = true;
      return file;
    } finally {
      if (!done) {
        for (String ending : List.of("", "-wal", "-shm")) {
          Files.deleteIfExists(file.resolveSibling(file.getFileName() + ending));
        }
      }
    }
  }
}

package dev.claudometer.cli.keep;

import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.DatabaseOption;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `backup`: copies a server's database into a file, while the server runs.
@Command(
    name = "backup",
    description =
        "Copy a server's database, as it is right now, into a new SQLite file. The server may"
            + " run.",
    mixinStandardHelpOptions = true)
public final class BackupCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private DatabaseOption database = new DatabaseOption();

  @Parameters(paramLabel = "FILE", description = "The file to make.")
  private Path file = Path.of("");

  public BackupCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    create(part);
    long rows = copy(part);
    try {
      // the name stands for a whole backup, or for none
      Files.createLink(file, part);
      Files.delete(part);
      settle(part.toAbsolutePath().resolveSibling(""));
    } catch (IOException failure) {
      throw unusable(failure);
    }
    surroundings.out().println(rows + " rows copied to " + file);
    return Exit.DONE;
  }

  private long copy(Path part) {
    try (Database from = database.open(surroundings)) {
      return SqliteStore.copy(from, part);
    }
  }

  /// Waits until the names in a directory are durable, where the system lets anybody ask for that.
  private static void settle(Path directory) throws IOException {
    FileChannel names;
    try {
      names = FileChannel.open(directory, StandardOpenOption.READ);
    } catch (IOException windows) {
      return;
    }
    try (names) {
      names.force(true);
    }
  }

  /// Readable by its owner only: it holds who used what. What an earlier run has left half done is
  /// begun again.
  private void create(Path part) {
    try {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      for (String ending : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(part.resolveSibling(part.getFileName() + ending));
      }
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException failure) {
      throw unusable(failure);
    }
  }

  private Failed unusable(IOException failure) {
    return new Failed(
        "cannot make " + file + ": it must not exist, and its directory must", failure);
  }
}

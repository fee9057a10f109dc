package dev.claudometer.cli.keep;

import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.DatabaseOption;
import dev.claudometer.store.sql.engine.Copying;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
    create();
    try (Database from = database.open(surroundings);
        Database to = SqliteStore.database(file, Durability.POWER_CUT)) {
      long rows = new Copying(from, to).run();
      surroundings.out().println(rows + " rows copied to " + file);
      return Exit.DONE;
    }
  }

  /// Readable by its owner only: it holds who used what.
  private void create() {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException failure) {
      throw new Failed(
          "cannot make " + file + ": it must not exist, and its directory must", failure);
    }
  }
}

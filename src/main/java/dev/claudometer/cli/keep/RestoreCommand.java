package dev.claudometer.cli.keep;

import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.DatabaseOption;
import dev.claudometer.store.sql.engine.Copying;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `restore`: fills an empty database from a backup; so a store moves to PostgreSQL as well.
@Command(
    name = "restore",
    description = "Fill an empty server's database, of either kind, from a backup.",
    mixinStandardHelpOptions = true)
public final class RestoreCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private DatabaseOption database = new DatabaseOption();

  @Parameters(paramLabel = "FILE", description = "A file that 'backup' has made.")
  private Path file = Path.of("");

  public RestoreCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (!Files.isReadable(file)) {
      throw new Failed("no readable file " + file);
    }
    try (Database from = SqliteStore.database(file, Durability.POWER_CUT);
        Database to = database.open(surroundings)) {
      long rows = new Copying(from, to).run();
      surroundings.out().println(rows + " rows restored from " + file);
      return Exit.DONE;
    } catch (Copying.NotEmpty notEmpty) {
      throw new Failed(notEmpty.getMessage() + ": name another with --database", notEmpty);
    }
  }
}

package dev.claudometer.cli;

import dev.claudometer.cli.surroundings.StateDirectory;
import dev.claudometer.cli.surroundings.Surroundings;
import dev.claudometer.store.sql.Database;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which server's database a command works on.
final class DatabaseOption {

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "The server's database: file:PATH, jdbc:sqlite:PATH or postgresql://USER:PASSWORD@HOST/NAME. Default: $$DATABASE_URL, else the file of Claudometer's own.")
  @Nullable String url;

  Database open(Surroundings surroundings) {
    var values = new Values(surroundings);
    String database = values.of(url, "DATABASE_URL");
    values.check();
    return Databases.open(database, StateDirectory.of(surroundings));
  }
}

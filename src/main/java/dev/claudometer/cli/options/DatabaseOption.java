package dev.claudometer.cli.options;

import dev.claudometer.app.Databases;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.store.sql.engine.Database;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which server's database a command works on.
public final class DatabaseOption {

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "The server's database: file:PATH, jdbc:sqlite:PATH or"
              + " postgresql://USER:PASSWORD@HOST/NAME. Default: $$DATABASE_URL, else the file of"
              + " Claudometer's own.")
  public @Nullable String url;

  /// The option, else the variable; null for the file of Claudometer's own.
  public @Nullable String url(Values values) {
    return Databases.url(url, values);
  }

  public Database open(Surroundings surroundings) {
    var values = new Values(surroundings);
    String database = url(values);
    values.check();
    return Databases.open(database, StateDirectory.of(surroundings));
  }
}

package dev.claudometer.app;

import dev.claudometer.app.config.Given;
import dev.claudometer.app.config.ServerVariables;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.store.postgres.PostgresStore;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Opens the database that a URL names.
public final class Databases {

  private static final String FORMS =
      "has to be file:PATH, jdbc:sqlite:PATH or postgresql://USER:PASSWORD@HOST:5432/NAME";

  private Databases() {}

  /// Opens a database, with its tables brought up to date.
  ///
  /// @param url null for the file of Claudometer's own
  public static Database open(@Nullable String url, StateDirectory state) {
    if (url == null) {
      state.create();
      return SqliteStore.database(state.serverStore(), Durability.POWER_CUT);
    }
    if (url.startsWith("file:")) {
      return file(url.substring("file:".length()));
    }
    if (url.startsWith("jdbc:sqlite:")) {
      return file(url.substring("jdbc:sqlite:".length()));
    }
    if (url.matches("(jdbc:)?postgres(ql)?://.*")) {
      return postgres(url);
    }
    throw new WrongUsage("the database " + FORMS);
  }

  /// The URL that was typed, else that of the environment; null for the file of Claudometer's own.
  /// One that is none is a problem of the values.
  public static @Nullable String url(@Nullable String typed, Values values) {
    Given given =
        typed != null
            ? new Given("--database", typed, true)
            : values.given(ServerVariables.DATABASE_URL);
    if (given == null) {
      return null;
    }
    if (!given.value().matches("(file|jdbc:sqlite):.*|(jdbc:)?postgres(ql)?://.*")) {
      values.wrong(given, FORMS);
    }
    return given.value();
  }

  private static Database file(String path) {
    Path file = Path.of(path.replaceAll("^//", "").replaceAll("\\?.*", ""));
    return SqliteStore.database(new PrivateFile(file).made(), Durability.POWER_CUT);
  }

  private static Database postgres(String url) {
    try {
      return PostgresStore.database(url);
    } catch (IllegalArgumentException wrong) {
      throw new WrongUsage(String.valueOf(wrong.getMessage()));
    }
  }
}

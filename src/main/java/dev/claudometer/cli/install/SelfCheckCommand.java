package dev.claudometer.cli.install;

import dev.claudometer.app.Releases;
import dev.claudometer.app.Releases.Known;
import dev.claudometer.app.Releases.Unknown;
import dev.claudometer.app.config.PlaceVariables;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Installation;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.Version;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `self-check`: what is installed, whether it is sound, and, where asked, whether there is
/// something newer.
@Command(
    name = "self-check",
    description =
        "Show what is installed: version, runtime, fast start, stores. Exit code 1 where something"
            + " is wrong.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SelfCheckCommand implements Callable<Integer> {

  private final Surroundings surroundings;
  private boolean sound = true;

  @Option(
      names = "--online",
      description =
          "Ask GitHub whether there is a newer version. Nothing else of this uses the network.")
  private boolean online;

  public SelfCheckCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Installation installation = Installation.ofProcess();
    line("version", Version.text());
    line("program", installation.program().toString());
    line(
        "runtime",
        "Java " + Runtime.version() + " in " + installation.runtime() + origin(installation));
    line("fast start", fastStart(installation));
    line(
        "on the PATH",
        Installation.onPath(surroundings).map(Path::toString).orElse("no claudometer"));
    StateDirectory state = StateDirectory.of(surroundings);
    line("reports' store", store(state.path().resolve("claudometer.db")));
    line("server's store", store(state.serverStore()));
    line("newer version", online ? newer() : "not asked: --online asks GitHub");
    return sound ? Exit.DONE : Exit.FAILED;
  }

  private void line(String what, String finding) {
    surroundings.out().printf("%-16s%s%n", what, finding);
  }

  private static String origin(Installation installation) {
    return installation.packaged() ? ", which came with the program" : "";
  }

  private static String fastStart(Installation installation) {
    Path archive = installation.archive();
    if (archive == null) {
      return "not yet: it is prepared after the first start";
    }
    return installation.archiveUsed()
        ? "by " + archive
        : archive + " is of another program or runtime: delete it, or install again";
  }

  /// Opens a store as every command does: an older one is brought to this version, a newer one
  /// refused.
  private String store(Path file) {
    if (!Files.exists(file)) {
      return "none yet in " + file;
    }
    try (Database database = SqliteStore.database(file, Durability.PROCESS)) {
      return file + ", schema " + database.number("PRAGMA user_version");
    } catch (StoreException unusable) {
      sound = false;
      return file + ": " + unusable.getMessage();
    }
  }

  private String newer() throws InterruptedException {
    String configured = PlaceVariables.CLAUDOMETER_RELEASES.in(surroundings);
    return switch (Releases.newest(configured.isBlank() ? Releases.PUBLISHED : configured)) {
      case Known(String newest) ->
          Releases.newer(newest, Version.text())
              ? newest + " is there: see https://claudometer.dev"
              : "none: " + newest + " is the newest";
      case Unknown(String why) -> {
        sound = false;
        yield "unknown: " + why;
      }
    };
  }
}

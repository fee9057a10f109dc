package dev.claudometer.cli.keep;

import dev.claudometer.app.Databases;
import dev.claudometer.app.LocalData;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.DatabaseOption;
import dev.claudometer.cli.options.HomeOptions;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.quality.Quality;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.bill.SqlBilling;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.registry.SqlRegistry;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `verify`: proves that the store's sums are the sums of its events.
@Command(
    name = "verify",
    description =
        "Check the local store, or a server's with --database: its integrity, and that every sum is"
            + " the sum of its events.",
    mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private HomeOptions home = new HomeOptions();

  @Mixin private DatabaseOption database = new DatabaseOption();

  public VerifyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    return database.url == null ? local() : server();
  }

  private int server() {
    try (Database server = database.open(surroundings)) {
      var store = new SqlStore(server, PriceBook::builtIn);
      List<String> problems = new ArrayList<>(store.verify());
      problems.addAll(new SqlRegistry(server).auditLog().verify());
      problems.addAll(new SqlBilling(server).brokenSeals());
      problems.forEach(problem -> surroundings.err().println("claudometer: " + problem));
      if (problems.isEmpty()) {
        surroundings.out().println("Sound: the server's database");
      }
      givenWay(store);
      return problems.isEmpty() ? Exit.DONE : Exit.FAILED;
    }
  }

  private void givenWay(UsageStore store) {
    long responses = store.quality().values().stream().mapToLong(Quality::givenWay).sum();
    if (responses > 0) {
      surroundings
          .out()
          .println(
              responses
                  + (responses == 1 ? " response" : " responses")
                  + " of claude-usage-daemon not counted: the transcripts of their sessions have"
                  + " come");
    }
  }

  private int local() {
    return LocalData.use(
        surroundings,
        home.homes,
        data -> {
          List<String> problems = ProvenStore.problems(data.store(), data.file(), data.memory());
          problems.forEach(problem -> surroundings.err().println("claudometer: " + problem));
          if (problems.isEmpty()) {
            surroundings.out().println("Sound: " + data.file());
          } else {
            surroundings
                .err()
                .println("claudometer: move " + data.file() + " aside; the next run rebuilds it");
          }
          boolean sealed = closedMonths();
          return problems.isEmpty() && sealed && !data.rebuilt() ? Exit.DONE : Exit.FAILED;
        });
  }

  /// What `reconcile --close` seals without a server is beside the local store.
  private boolean closedMonths() {
    StateDirectory state = StateDirectory.of(surroundings);
    if (!Files.exists(state.serverStore())) {
      return true;
    }
    try (Database bills = Databases.open(null, state)) {
      List<String> broken = new SqlBilling(bills).brokenSeals();
      broken.forEach(problem -> surroundings.err().println("claudometer: " + problem));
      return broken.isEmpty();
    }
  }
}

package dev.claudometer.cli.org;

import dev.claudometer.app.LocalData;
import dev.claudometer.app.config.OrganizationSettings;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.DatabaseOption;
import dev.claudometer.cli.options.FormOptions;
import dev.claudometer.cli.options.HomeOptions;
import dev.claudometer.cli.text.ReconcilePrintout;
import dev.claudometer.reconcile.By;
import dev.claudometer.reconcile.Period;
import dev.claudometer.reconcile.Reconciler;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.bill.SqlBilling;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.registry.SqlRegistry;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `reconcile`: why the bill is not what was counted.
@Command(
    name = "reconcile",
    description = {
      "Why Anthropic's bill is not what was counted here: the difference, split into its causes.",
      "Without --database it is what this machine counted; with it, all machines of a server."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ReconcileCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ReconcileOptions period = new ReconcileOptions();

  @Option(
      names = {"-b", "--by"},
      paramLabel = "WHAT",
      description = "Split by day, model, workspace, key or person. Default: model.")
  private By by = By.MODEL;

  @Mixin private FormOptions form = new FormOptions();

  @Mixin private HomeOptions home = new HomeOptions();

  @Mixin private DatabaseOption database = new DatabaseOption();

  @Option(
      names = {"-O", "--offline"},
      description = "Show what is stored, without asking Anthropic.")
  private boolean offline;

  public ReconcileCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    var values = new Values(surroundings);
    var settings = OrganizationSettings.of(surroundings, values);
    boolean server = database.url(values) != null;
    values.check();
    Period asked = period.period(surroundings);
    form.output(surroundings);
    try (Database opened = database.open(surroundings)) {
      var billing = new SqlBilling(opened);
      List<String> failures =
          offline
              ? List.of()
              : new LatestBill(surroundings, settings, billing).poll(asked.billed().from());
      int code = server ? server(opened, billing, asked) : local(billing, asked);
      failures.forEach(failure -> surroundings.err().println("claudometer: " + failure));
      return failures.isEmpty() ? code : Exit.FAILED;
    }
  }

  private int server(Database opened, SqlBilling billing, Period asked) {
    var prices = PriceBooks.of(surroundings);
    var store = new SqlStore(opened, prices::book);
    var registry = new SqlRegistry(opened);
    print(
        new Reconciler(
            store,
            billing,
            new KnownMachines(registry.devices(), registry.teams(), store),
            prices::book),
        asked);
    return Exit.DONE;
  }

  private int local(SqlBilling billing, Period asked) {
    return LocalData.use(
        surroundings,
        home.homes,
        data -> {
          print(
              new Reconciler(
                  data.store(),
                  billing,
                  KnownMachines.ofThisMachine(data.store()),
                  data.prices()::book),
              asked);
          return Exit.DONE;
        });
  }

  private void print(Reconciler reconciler, Period asked) {
    form.output(surroundings)
        .print(
            new ReconcilePrintout(reconciler.reconcile(asked, by, surroundings.clock().instant())));
  }
}

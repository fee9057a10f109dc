package dev.claudometer.cli.org;

import dev.claudometer.app.LocalData;
import dev.claudometer.app.config.OrganizationSettings;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.cli.options.DatabaseOption;
import dev.claudometer.cli.options.Day;
import dev.claudometer.cli.options.FormOptions;
import dev.claudometer.cli.options.HomeOptions;
import dev.claudometer.cli.text.CauseLinesPrintout;
import dev.claudometer.cli.text.CausePrintout;
import dev.claudometer.cli.text.ClosedMonthPrintout;
import dev.claudometer.cli.text.Printout;
import dev.claudometer.cli.text.ReconcilePrintout;
import dev.claudometer.reconcile.By;
import dev.claudometer.reconcile.ClosedMonth;
import dev.claudometer.reconcile.DifferenceCause;
import dev.claudometer.reconcile.MonthClosing;
import dev.claudometer.reconcile.Period;
import dev.claudometer.reconcile.Reconciler;
import dev.claudometer.reconcile.lines.CauseTrail;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.store.registry.Registry.Deed;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.bill.SqlBilling;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.registry.SqlRegistry;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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

  /// Who it was, as the audit log has it.
  private static final String ACTOR = "console";

  private final Surroundings surroundings;

  @Mixin private ReconcileOptions period = new ReconcileOptions();

  @Option(
      names = {"-b", "--by"},
      paramLabel = "WHAT",
      description = "Split by day, model, workspace, key or person. Default: model.")
  private By by = By.MODEL;

  @Option(
      names = "--cause",
      paramLabel = "NAME",
      description = "Instead, one cause, such as plan-usage, down to its days and models.")
  private @Nullable DifferenceCause cause;

  @Option(
      names = "--day",
      paramLabel = "DATE",
      description =
          "With --cause: what it is made of on this UTC day: responses, and Anthropic's lines.")
  private @Nullable String day;

  @Mixin private FormOptions form = new FormOptions();

  @Mixin private HomeOptions home = new HomeOptions();

  @Mixin private DatabaseOption database = new DatabaseOption();

  @Option(
      names = {"-O", "--offline"},
      description = "Show what is stored, without asking Anthropic.")
  private boolean offline;

  @ArgGroup private @Nullable Closing closing;

  /// A month to close, or one to look at.
  static final class Closing {

    @Option(
        names = "--close",
        paramLabel = "MONTH",
        description =
            "Close a month, such as 2026-10: its days are sealed, and what changes later is told as"
                + " a correction.")
    private @Nullable String close;

    @Option(
        names = "--closed",
        paramLabel = "MONTH",
        description = "When a month was closed, and what is not as it was then.")
    private @Nullable String closed;

    YearMonth month() {
      String text = close == null ? closed : close;
      try {
        return YearMonth.parse(text == null ? "" : text);
      } catch (DateTimeException wrong) {
        throw new WrongUsage("a month is such as 2026-10, not '" + text + "'");
      }
    }
  }

  public ReconcileCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    var values = new Values(surroundings);
    var settings = OrganizationSettings.of(surroundings, values);
    boolean server = database.url(values) != null;
    values.check();
    if (day != null && cause == null) {
      throw new WrongUsage("--day is a day of a cause: name one with --cause");
    }
    Period asked =
        closing == null ? period.period(surroundings) : Period.of(closing.month(), ZoneOffset.UTC);
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
    var reconciler =
        new Reconciler(
            store,
            billing,
            new KnownMachines(registry.devices(), registry.teams(), store),
            prices::book);
    Instant now = surroundings.clock().instant();
    Closing wanted = closing;
    if (wanted != null && wanted.close != null) {
      var deed = new Deed(ACTOR, "", "month.close", wanted.month().toString(), "", now);
      return registry.change(deed, () -> closed(reconciler, billing, wanted));
    }
    return print(
        reconciler,
        new CauseTrail(
            store,
            billing,
            new KnownMachines(registry.devices(), registry.teams(), store),
            prices::book),
        billing,
        asked);
  }

  private int local(SqlBilling billing, Period asked) {
    return LocalData.use(
        surroundings,
        home.homes,
        data ->
            print(
                new Reconciler(
                    data.store(),
                    billing,
                    KnownMachines.ofThisMachine(data.store()),
                    data.prices()::book),
                new CauseTrail(
                    data.store(),
                    billing,
                    KnownMachines.ofThisMachine(data.store()),
                    data.prices()::book),
                billing,
                asked));
  }

  private int print(Reconciler reconciler, CauseTrail trail, SqlBilling billing, Period asked) {
    if (closing != null) {
      return closed(reconciler, billing, closing);
    }
    form.output(surroundings).print(printout(reconciler, trail, asked));
    return Exit.DONE;
  }

  private Printout printout(Reconciler reconciler, CauseTrail trail, Period asked) {
    Instant now = surroundings.clock().instant();
    DifferenceCause one = cause;
    if (one == null) {
      return new ReconcilePrintout(reconciler.reconcile(asked, by, now));
    }
    return day == null
        ? new CausePrintout(reconciler.cause(asked, one, now))
        : new CauseLinesPrintout(trail.of(one, day(day, now)));
  }

  private static LocalDate day(String text, Instant now) {
    return Day.of("--day", text, LocalDate.ofInstant(now, ZoneOffset.UTC));
  }

  private int closed(Reconciler reconciler, SqlBilling billing, Closing wanted) {
    var months = new MonthClosing(reconciler, billing);
    Instant now = surroundings.clock().instant();
    ClosedMonth month = months.closed(wanted.month(), now);
    if (wanted.close != null) {
      MonthClosing.Outcome outcome = months.close(wanted.month(), ACTOR, now);
      if (!outcome.obstacle().isEmpty()) {
        throw new Failed("not closed: " + outcome.obstacle());
      }
      month = outcome.month();
    }
    form.output(surroundings).print(new ClosedMonthPrintout(month));
    return month.broken().isEmpty() ? Exit.DONE : Exit.FAILED;
  }
}

package dev.claudometer.cli.usage;

import dev.claudometer.app.LocalData;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.cli.options.FormOptions;
import dev.claudometer.cli.options.HomeOptions;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.text.WhatIfPrintout;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.report.limits.Plan;
import dev.claudometer.report.whatif.Rule;
import dev.claudometer.report.whatif.WhatIf;
import dev.claudometer.report.whatif.WhatIfAnswers;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `what-if`: what the same usage would have cost under another rule.
@Command(
    name = "what-if",
    description = {
      "What the same usage would have cost under another rule: each response is priced again.",
      "Tokens stay as they were; where they would change, it says so and does not guess."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class WhatIfCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  /// Exactly one of them.
  static final class Rules {

    @Option(
        names = "--plan",
        paramLabel = "PLAN",
        description = "A plan in the place of list prices: pro, max or ultra.")
    private @Nullable Plan plan;

    @Option(
        names = "--cache-ttl",
        paramLabel = "5m|1h",
        description = "How long caches keep what they are given.")
    private @Nullable String cacheTtl;

    @Option(
        names = "--model",
        paramLabel = "FROM=TO",
        description =
            "Another model in the place of some, such as opus=sonnet: all Opus, the newest Sonnet."
                + " An id is that model alone.")
    private @Nullable String model;

    @Option(
        names = "--prices",
        paramLabel = "FILE",
        description = "Other prices: a file such as prices.json in docs/counting.md.")
    private @Nullable Path prices;

    @Option(
        names = "--contract",
        description = "Your contract's prices (modelPricing) in the place of list prices.")
    private boolean contract;

    @Option(
        names = "--short-prompts",
        description =
            "No higher price for large prompts: Haiku 5.5 costs five times as much above 100,000"
                + " tokens.")
    private boolean shortPrompts;
  }

  @ArgGroup(multiplicity = "1")
  private Rules rules = new Rules();

  @Option(
      names = {"-s", "--since"},
      paramLabel = "DATE",
      description = "From this day on. Default: the first of this month.")
  private @Nullable String since;

  @Option(
      names = {"-u", "--until"},
      paramLabel = "DATE",
      description = "Up to and including this day.")
  private @Nullable String until;

  @Option(
      names = {"-z", "--timezone"},
      paramLabel = "ZONE",
      description = "Time zone of days, such as Europe/Berlin or UTC. Default: the system's.")
  private @Nullable String timezone;

  @Mixin private FormOptions form = new FormOptions();

  @Mixin private HomeOptions home = new HomeOptions();

  public WhatIfCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var days = new ReportOptions();
    days.timezone = timezone;
    ZoneId zone = days.zone(surroundings);
    days.since =
        since != null
            ? since
            : surroundings
                .clock()
                .instant()
                .atZone(zone)
                .toLocalDate()
                .withDayOfMonth(1)
                .toString();
    days.until = until;
    TimeRange range = days.range(zone, surroundings);
    form.output(surroundings);
    return LocalData.use(
        surroundings,
        home.homes,
        data -> {
          PriceBook book = data.prices().book();
          var answers = new WhatIfAnswers(data.store(), data.prices()::book);
          Plan plan = rules.plan;
          WhatIf answer =
              plan != null
                  ? answers.plan(range, Where.ANY, plan, zone)
                  : answers.replay(range, Where.ANY, rule(book));
          form.output(surroundings).print(new WhatIfPrintout(answer, zone));
          return Exit.DONE;
        });
  }

  private Rule rule(PriceBook book) {
    if (rules.cacheTtl != null) {
      return lifetime(rules.cacheTtl);
    }
    if (rules.model != null) {
      return other(rules.model, book);
    }
    if (rules.prices != null) {
      return new Rule.OtherPrices(PriceBook.read(rules.prices), rules.prices.toString());
    }
    return rules.contract && !rules.shortPrompts ? contract(book) : new Rule.ShortPrompts();
  }

  private static Rule contract(PriceBook book) {
    if (book.contract() == null) {
      throw new Failed(
          "no contract prices (modelPricing) are known on this machine: they are read from"
              + " managed-settings.json, which your organisation puts there");
    }
    return new Rule.ByContract();
  }

  private static Rule lifetime(String text) {
    Rule rule = Rule.CacheLifetime.of(text);
    if (rule == null) {
      throw new WrongUsage("--cache-ttl takes 5m or 1h, not '" + text + "'");
    }
    return rule;
  }

  private static Rule other(String text, PriceBook book) {
    int at = text.indexOf('=');
    Rule rule =
        at < 1 ? null : Rule.OtherModel.of(text.substring(0, at), text.substring(at + 1), book);
    if (rule == null) {
      throw new WrongUsage(
          "--model takes a model and one that has a price, such as opus=sonnet; '"
              + text
              + "' is not that");
    }
    return rule;
  }
}

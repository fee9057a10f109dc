package dev.claudometer.server.api.usage;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.report.Question;
import dev.claudometer.report.limits.Plan;
import dev.claudometer.report.whatif.Rule;
import dev.claudometer.report.whatif.WhatIf;
import dev.claudometer.report.whatif.WhatIfAnswers;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Route;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the same usage would have cost under another rule.
public final class WhatIfApi {

  private static final String ONE =
      "name one rule: 'plan', 'cacheTtl', 'replace', 'contract=true' or 'shortPrompts=true'";

  private final WhatIfAnswers answers;
  private final Supplier<PriceBook> prices;
  private final Questions questions;

  public WhatIfApi(WhatIfAnswers answers, Supplier<PriceBook> prices, Questions questions) {
    this.answers = answers;
    this.prices = prices;
    this.questions = questions;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/what-if",
            Access.VIEWER,
            "What the same usage would have cost under another rule",
            this::whatIf));
  }

  public WhatIf whatIf(Call call) {
    Question question = questions.ofAnything(call);
    if (call.query("plan") != null) {
      if (rule(call) != null) {
        throw Problem.of(422, ONE);
      }
      Plan plan = call.choice("plan", Plan.class, Plan.PRO);
      return answers.plan(question.range(), question.where(), plan, question.zone());
    }
    Rule rule = rule(call);
    if (rule == null) {
      throw Problem.of(422, ONE);
    }
    return answers.replay(question.range(), question.where(), rule);
  }

  private @Nullable Rule rule(Call call) {
    Rule rule = null;
    int rules = 0;
    String cacheTtl = call.query("cacheTtl");
    if (cacheTtl != null) {
      rule = lifetime(cacheTtl);
      rules++;
    }
    String replace = call.query("replace");
    if (replace != null) {
      rule = other(replace);
      rules++;
    }
    if ("true".equals(call.query("contract"))) {
      rule = contract();
      rules++;
    }
    if ("true".equals(call.query("shortPrompts"))) {
      rule = new Rule.ShortPrompts();
      rules++;
    }
    if (rules > 1) {
      throw Problem.of(422, ONE);
    }
    return rule;
  }

  private static Rule lifetime(String cacheTtl) {
    Rule rule = Rule.CacheLifetime.of(cacheTtl);
    if (rule == null) {
      throw Problem.of(422, "'cacheTtl' has to be 5m or 1h");
    }
    return rule;
  }

  private Rule contract() {
    if (prices.get().contract() == null) {
      throw Problem.of(422, "no contract prices (modelPricing) are known on this server");
    }
    return new Rule.ByContract();
  }

  private Rule other(String replace) {
    int at = replace.indexOf('=');
    Rule rule =
        at < 1
            ? null
            : Rule.OtherModel.of(replace.substring(0, at), replace.substring(at + 1), prices.get());
    if (rule == null) {
      throw Problem.of(
          422, "'replace' has to name a model and one that has a price, such as opus=sonnet");
    }
    return rule;
  }
}

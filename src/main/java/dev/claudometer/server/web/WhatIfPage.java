package dev.claudometer.server.web;

import dev.claudometer.report.Question;
import dev.claudometer.report.Split;
import dev.claudometer.report.limits.Plan;
import dev.claudometer.report.whatif.WhatIf;
import dev.claudometer.server.api.Api;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.web.ChartChoice.Option;
import dev.claudometer.server.web.OverviewPage.Card;
import dev.claudometer.server.web.frame.Picker;
import dev.claudometer.server.web.frame.Reports;
import dev.claudometer.server.web.frame.Sheets;
import dev.claudometer.server.web.table.Address;
import dev.claudometer.server.web.table.Escaped;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.ModelName;
import dev.claudometer.server.web.table.SignedAmounts;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.WhatIfTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the same usage would have cost under another rule, and where that is not exact.
public final class WhatIfPage {

  private static final String[] RULES = {
    "plan", "cacheTtl", "replace", "contract", "shortPrompts", "of", "instead"
  };

  private static final List<String> FAMILIES =
      List.of("opus", "sonnet", "haiku", "fable", "mythos");

  private final Reports reports;
  private final Api api;

  WhatIfPage(Sheets sheets, Api api) {
    reports = new Reports(sheets);
    this.api = api;
  }

  /// A model of a list.
  public record Model(String key, String name) {}

  /// By name; those that are called the same have their ids.
  private static List<Model> named(List<String> ids) {
    return ModelName.of(ids).entrySet().stream()
        .map(model -> new Model(model.getKey(), model.getValue()))
        .sorted(Comparator.comparing(Model::name).thenComparing(Model::key))
        .toList();
  }

  /// A rule that is chosen by a link.
  public record Rules(String name, List<Option> options) {}

  List<Route> routes() {
    return List.of(
        Route.page(
            "/what-if",
            Access.VIEWER,
            "What the same usage would have cost under another rule",
            this::show));
  }

  private Reply show(Call call) {
    Address here = Address.of(call.uri());
    String of = here.value("of");
    if (!of.isEmpty()) {
      String replace = of + "=" + here.value("instead");
      return Sheets.to(here.without(RULES).with("replace", replace).text());
    }
    Question question = api.usage().question(call);
    try {
      boolean asked = Stream.of(RULES).anyMatch(rule -> !here.value(rule).isEmpty());
      return page(call, 200, question, asked ? api.whatIf().whatIf(call) : null, "");
    } catch (Problem refused) {
      return page(call, refused.status(), question, null, refused.message());
    }
  }

  private Reply page(
      Call call, int status, Question question, @Nullable WhatIf answer, String error) {
    Figures figures = Figures.of(api.settings()).at(question.zone());
    Address here = Address.of(call.uri());
    Picker picker = Picker.of(call, question.range(), question.zone(), api.settings().beginnings());
    List<String> used = used(call);
    var content = new HashMap<String, Object>();
    content.put("picker", picker);
    content.put("error", error);
    content.put("rules", rules(here));
    content.put("kept", here.without(RULES).parameters());
    content.put("families", families(used));
    content.put("used", named(used));
    content.put("priced", named(priced(call)));
    content.put("replace", here.value("replace").split("=", 2));
    content.put("rule", answer == null ? "" : rule(here, answer));
    content.put("inexact", answer == null ? List.of() : inexact(answer, question, figures));
    content.put("cards", answer == null ? List.of() : cards(answer, figures));
    return reports.page(
        call,
        status,
        "What if",
        "/what-if",
        "what-if",
        tables(here, answer, figures, picker.about()),
        content);
  }

  /// In words; models by their names.
  private static String rule(Address here, WhatIf answer) {
    String[] models = here.value("replace").split("=", 2);
    return models.length < 2
        ? Escaped.name(answer.rule())
        : ModelName.words(models[1]) + " in the place of " + replaced(models[0]);
  }

  private static String replaced(String model) {
    return FAMILIES.contains(model) ? "every " + capital(model) : ModelName.words(model);
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static List<Table> tables(
      Address here, @Nullable WhatIf answer, Figures figures, Address about) {
    if (answer == null) {
      return List.of();
    }
    var tables = new WhatIfTable(answer, figures, about.without(RULES));
    boolean plan = !here.value("plan").isEmpty();
    return plan ? List.of(tables.months()) : List.of(tables.models(), tables.changes());
  }

  private List<Rules> rules(Address here) {
    List<Option> prices = new ArrayList<>();
    prices.add(option(here, "shortPrompts", "true", "No higher price for large prompts"));
    if (api.options().pricing().book().get().contract() != null) {
      prices.add(option(here, "contract", "true", "Contract"));
    }
    return List.of(
        new Rules(
            "A plan instead",
            Stream.of(Plan.values())
                .map(
                    plan -> option(here, "plan", plan.name().toLowerCase(Locale.ROOT), named(plan)))
                .toList()),
        new Rules(
            "Caches keep for",
            List.of(
                option(here, "cacheTtl", "5m", "5 minutes"),
                option(here, "cacheTtl", "1h", "1 hour"))),
        new Rules("Other prices", List.copyOf(prices)));
  }

  private static String named(Plan plan) {
    return plan.title() + ", $" + plan.price().dollars().stripTrailingZeros().toPlainString();
  }

  private static Option option(Address here, String name, String value, String words) {
    return new Option(
        words, here.without(RULES).with(name, value).text(), here.value(name).equals(value));
  }

  private List<String> used(Call call) {
    return api.usage().shares(call, Split.MODEL).shares().stream()
        .map(share -> share.key())
        .toList();
  }

  private static List<String> families(List<String> used) {
    return FAMILIES.stream()
        .filter(family -> used.stream().filter(model -> model.contains(family)).count() > 1)
        .toList();
  }

  private List<String> priced(Call call) {
    return api.prices().prices(call).models().stream()
        .map(price -> price.model())
        .distinct()
        .sorted()
        .toList();
  }

  /// What is not in the answer, in sentences.
  private static List<String> inexact(WhatIf answer, Question question, Figures figures) {
    List<String> sentences = new ArrayList<>();
    if (!answer.unsaid().isEmpty()) {
      sentences.add(answer.unsaid());
    }
    if (answer.unpriced() > 0) {
      sentences.add(
          Figures.count(answer.unpriced())
              + (answer.unpriced() == 1 ? " response has" : " responses have")
              + " no price under one of the two, and "
              + (answer.unpriced() == 1 ? "is" : "are")
              + " in no sum.");
    }
    if (answer.responses() > 0 && answer.from().isAfter(question.range().from())) {
      sentences.add(
          "It begins on "
              + figures.day(answer.from())
              + ", with the first response that is stored.");
    }
    return sentences;
  }

  private static List<Card> cards(WhatIf answer, Figures figures) {
    var signed = new SignedAmounts(figures);
    return List.of(
        new Card("Cost", figures.money(answer.cost()), "list prices, as booked"),
        new Card("Then", figures.money(answer.costThen()), ""),
        new Card(
            "Difference",
            signed.signed(answer.costDifference()),
            Figures.change(answer.costThen().nanos(), answer.cost().nanos())),
        new Card("Responses", Figures.count(answer.responses()), ""),
        new Card("Unpriced", Figures.count(answer.unpriced()), ""));
  }
}

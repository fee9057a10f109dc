package dev.claudometer.source.adminapi;

import static java.time.ZoneOffset.UTC;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.GetRequest.Pair;
import dev.claudometer.json.JsonValue;
import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledBucket.Line;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What people did with Claude Code on a UTC day. The service answers with records in no order, so
/// only a whole day can replace what was known of it.
record ClaudeCodeDay(AdminApi api) {

  /// One record, as the lines of three reports.
  private record Parts(Line work, List<Line> tools, List<Line> models) {}

  Answer<ReportPart> of(Instant from, Instant now) throws InterruptedException {
    LocalDate day = from.atZone(UTC).toLocalDate();
    var pages = new Pages(api, "usage_report/claude_code", "page", "next_page");
    List<Pair> parameters = List.of(new Pair("starting_at", day.toString()), Pages.LIMIT);
    return switch (pages.all(parameters, ClaudeCodeDay::parts)) {
      case Failed<List<Parts>> failed -> failed.as();
      case Given<List<Parts>>(List<Parts> records) -> new Given<>(stretch(day, now, records));
    };
  }

  private static ReportPart stretch(LocalDate day, Instant now, List<Parts> records) {
    Instant begins = day.atStartOfDay(UTC).toInstant();
    Instant ends = day.plusDays(1).atStartOfDay(UTC).toInstant();
    List<Line> work = records.stream().map(Parts::work).toList();
    List<Line> tools = records.stream().flatMap(parts -> parts.tools().stream()).toList();
    List<Line> models = records.stream().flatMap(parts -> parts.models().stream()).toList();
    return new ReportPart(
        List.of(
            new BilledBucket(BilledReport.CLAUDE_CODE, begins, ends, now, work),
            new BilledBucket(BilledReport.CLAUDE_CODE_TOOLS, begins, ends, now, tools),
            new BilledBucket(BilledReport.CLAUDE_CODE_MODELS, begins, ends, now, models)),
        ends,
        null,
        !ends.isAfter(now));
  }

  private static Parts parts(JsonValue told) {
    Map<BilledDimension, String> who = new EnumMap<>(BilledDimension.class);
    JsonValue actor = told.at("actor");
    who.put(
        BilledDimension.ACTOR,
        actor.at("email_address").textOr(actor.at("api_key_name").textOr("")));
    who.put(BilledDimension.CUSTOMER_TYPE, told.at("customer_type").textOr(""));
    who.put(BilledDimension.SUBSCRIPTION_TYPE, told.at("subscription_type").textOr(""));
    who.put(BilledDimension.TERMINAL, told.at("terminal_type").textOr(""));
    List<Line> tools = new ArrayList<>();
    told.at("tool_actions")
        .fields()
        .forEach((tool, decisions) -> tools.add(tool(who, tool, decisions)));
    List<Line> models =
        told.at("model_breakdown").elements().stream().map(model -> model(who, model)).toList();
    return new Parts(new Line(new BilledGroup(who), work(told.at("core_metrics"))), tools, models);
  }

  private static BilledAmounts work(JsonValue metrics) {
    JsonValue lines = metrics.at("lines_of_code");
    return new BilledAmounts(
        Map.of(
            Measure.SESSIONS, metrics.at("num_sessions").countOrZero(),
            Measure.LINES_ADDED, lines.at("added").countOrZero(),
            Measure.LINES_REMOVED, lines.at("removed").countOrZero(),
            Measure.COMMITS, metrics.at("commits_by_claude_code").countOrZero(),
            Measure.PULL_REQUESTS, metrics.at("pull_requests_by_claude_code").countOrZero()));
  }

  private static Line tool(Map<BilledDimension, String> who, String tool, JsonValue decisions) {
    return new Line(
        group(who, BilledDimension.TOOL, tool),
        new BilledAmounts(
            Map.of(
                Measure.ACCEPTED, decisions.at("accepted").countOrZero(),
                Measure.REJECTED, decisions.at("rejected").countOrZero())));
  }

  private static Line model(Map<BilledDimension, String> who, JsonValue model) {
    JsonValue tokens = model.at("tokens");
    JsonValue cost = model.at("estimated_cost");
    Map<Measure, Long> values = new EnumMap<>(Measure.class);
    values.put(Measure.INPUT, tokens.at("input").countOrZero());
    values.put(Measure.OUTPUT, tokens.at("output").countOrZero());
    values.put(Measure.CACHE_READ, tokens.at("cache_read").countOrZero());
    values.put(Measure.CACHE_WRITE_5M, tokens.at("cache_creation").countOrZero());
    if (!cost.at("amount").absent()) {
      JsonValue amount = cost.at("amount");
      values.put(Measure.COST, Amounts.nanos(amount.decimal(), amount, cost.at("currency")));
    }
    return new Line(
        group(who, BilledDimension.MODEL, model.at("model").textOr("")), new BilledAmounts(values));
  }

  private static BilledGroup group(
      Map<BilledDimension, String> who, BilledDimension dimension, String value) {
    Map<BilledDimension, String> values = new EnumMap<>(who);
    values.put(dimension, value);
    return new BilledGroup(values);
  }
}

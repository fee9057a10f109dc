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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// A UTC day from one of the newer analytics endpoints. They answer with a flat list, a row per
/// hour and group, so only a whole day can replace what was known of it.
///
/// @param path below the organisation
/// @param by what it is asked to be grouped by
/// @param group of a row
/// @param amounts what a row says
record AnalyticsDay(
    AdminApi api,
    String path,
    BilledReport report,
    List<String> by,
    Function<JsonValue, BilledGroup> group,
    Function<JsonValue, BilledAmounts> amounts) {

  private static final Duration HOUR = Duration.ofHours(1);

  private static final List<BilledDimension> BY =
      List.of(BilledDimension.API_KEY, BilledDimension.MODEL, BilledDimension.WORKSPACE);

  /// As the older report is grouped; for whom it was is asked for as one `actor`.
  private static final List<BilledDimension> FULL =
      List.of(
          BilledDimension.API_KEY,
          BilledDimension.CONTEXT_WINDOW,
          BilledDimension.INFERENCE_GEO,
          BilledDimension.MODEL,
          BilledDimension.SERVICE_TIER,
          BilledDimension.WORKSPACE);

  private record Row(Instant at, Line line) {}

  /// Tokens, and how many requests there were.
  static AnalyticsDay requests(AdminApi api) {
    return new AnalyticsDay(
        api,
        "analytics/usage",
        BilledReport.REQUESTS,
        words(BY),
        group -> Dimensions.group(group, BY),
        row -> Amounts.tokens(row.at("usage")));
  }

  /// Tokens by all that the older usage report tells.
  static AnalyticsDay messages(AdminApi api) {
    List<String> by = new ArrayList<>(words(FULL));
    by.add("actor");
    return new AnalyticsDay(
        api,
        "analytics/usage",
        BilledReport.MESSAGES,
        by,
        group -> Actors.group(group, FULL),
        row -> Amounts.tokens(row.at("usage")).without(Measure.REQUESTS));
  }

  /// Dollars by key.
  static AnalyticsDay cost(AdminApi api) {
    return new AnalyticsDay(
        api,
        "analytics/cost",
        BilledReport.KEY_COST,
        words(BY),
        group -> Dimensions.group(group, BY),
        row -> Amounts.cost(row.at("cost")));
  }

  private static List<String> words(List<BilledDimension> dimensions) {
    return dimensions.stream().map(Dimensions::of).toList();
  }

  Answer<ReportPart> of(Instant from, Instant now) throws InterruptedException {
    Instant begins = from.atZone(UTC).toLocalDate().atStartOfDay(UTC).toInstant();
    Instant ends = begins.plus(Duration.ofDays(1));
    List<Pair> parameters = new ArrayList<>();
    parameters.add(new Pair("starting_at", begins.toString()));
    parameters.add(new Pair("ending_at", ends.toString()));
    parameters.add(new Pair("time_bucket_width", "1h"));
    parameters.add(Pages.LIMIT);
    by.forEach(dimension -> parameters.add(new Pair("group_by[]", dimension)));
    var pages = new Pages(api, path, "page", "next_page");
    return switch (pages.all(parameters, row -> row(row, begins, ends))) {
      case Failed<List<Row>> failed -> failed.as();
      case Given<List<Row>>(List<Row> rows) ->
          new Given<>(
              new ReportPart(buckets(rows, begins, ends, now), ends, null, !ends.isAfter(now)));
    };
  }

  private Row row(JsonValue row, Instant begins, Instant ends) {
    Instant at = row.at("starting_at").instant();
    boolean onTheHour = at.getEpochSecond() % HOUR.toSeconds() == 0;
    if (at.isBefore(begins) || !at.isBefore(ends) || !onTheHour) {
      throw row.at("starting_at").wrong("an hour of the day that was asked for");
    }
    return new Row(at, new Line(group.apply(row.at("group")), amounts.apply(row)));
  }

  /// Each hour that has begun, also where nothing was used in it.
  private List<BilledBucket> buckets(List<Row> rows, Instant begins, Instant ends, Instant now) {
    Map<Instant, List<Line>> byHour = new TreeMap<>();
    for (Instant at = begins; at.isBefore(ends) && !at.isAfter(now); at = at.plus(HOUR)) {
      byHour.put(at, new ArrayList<>());
    }
    rows.forEach(row -> byHour.computeIfAbsent(row.at(), _ -> new ArrayList<>()).add(row.line()));
    List<BilledBucket> buckets = new ArrayList<>();
    byHour.forEach(
        (at, lines) -> buckets.add(new BilledBucket(report, at, at.plus(HOUR), now, lines)));
    return buckets;
  }
}

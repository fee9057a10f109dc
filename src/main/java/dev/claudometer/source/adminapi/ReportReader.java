package dev.claudometer.source.adminapi;

import dev.claudometer.json.BadJson;
import dev.claudometer.json.JsonValue;
import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.BilledBucket.Line;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.Measure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a page of the usage or the cost report: buckets, the oldest first, each whole.
///
/// @param from where the page had to begin
/// @param asked where the first page of this question began
/// @param now when it was asked for
record ReportReader(Instant from, Instant asked, Instant now) {

  private static final List<BilledDimension> COST =
      List.of(
          BilledDimension.WORKSPACE,
          BilledDimension.DESCRIPTION,
          BilledDimension.COST_TYPE,
          BilledDimension.MODEL,
          BilledDimension.TOKEN_TYPE,
          BilledDimension.SERVICE_TIER,
          BilledDimension.CONTEXT_WINDOW,
          BilledDimension.INFERENCE_GEO);

  ReportPart messages(JsonValue page, Grouping grouping) {
    return page(
        page,
        BilledReport.MESSAGES,
        line -> new Line(Dimensions.group(line, grouping.dimensions()), Amounts.tokens(line)));
  }

  ReportPart cost(JsonValue page) {
    return page(page, BilledReport.COST, ReportReader::costLine);
  }

  private static Line costLine(JsonValue line) {
    long nanos = Amounts.nanos(line.at("amount"), line.at("currency"));
    return new Line(Dimensions.group(line, COST), new BilledAmounts(Map.of(Measure.COST, nanos)));
  }

  private ReportPart page(JsonValue page, BilledReport report, Function<JsonValue, Line> reader) {
    List<BilledBucket> buckets = new ArrayList<>();
    Instant until = from;
    for (JsonValue bucket : required(page.at("data")).elements()) {
      Instant begins = bucket.at("starting_at").instant();
      Instant ends = bucket.at("ending_at").instant();
      if (begins.isBefore(until) || !ends.isAfter(begins)) {
        throw bucket.at("starting_at").wrong("after the bucket before it");
      }
      List<Line> lines = required(bucket.at("results")).elements().stream().map(reader).toList();
      buckets.add(new BilledBucket(report, begins, ends, now, lines));
      until = ends;
    }
    boolean more = page.at("has_more").truth(false);
    if (more && buckets.isEmpty()) {
      throw new BadJson("there is more, but nothing yet");
    }
    return new ReportPart(buckets, until, more ? mark(page) : null, more);
  }

  static JsonValue required(JsonValue array) {
    if (array.absent()) {
      throw array.wrong("an array");
    }
    return array;
  }

  private @Nullable Mark mark(JsonValue page) {
    JsonValue next = page.at("next_page");
    return next.absent() ? null : new Mark(next.exactText(), asked);
  }
}

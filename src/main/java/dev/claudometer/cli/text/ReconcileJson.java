package dev.claudometer.cli.text;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.Measure;
import dev.claudometer.model.Usd;
import dev.claudometer.reconcile.Part;
import dev.claudometer.reconcile.Reconciliation;
import dev.claudometer.reconcile.Reconciliation.Row;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A reconciliation as JSON: the same document as the server's. What is unknown is `null`.
final class ReconcileJson {

  private final Reconciliation answer;

  ReconcileJson(Reconciliation answer) {
    this.answer = answer;
  }

  Map<String, @Nullable Object> document() {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("first", answer.first().toString());
    document.put("last", answer.last().toString());
    document.put("timeZone", answer.zone().getId());
    document.put("countedCost", dollars(answer.counted().known()));
    document.put("unpricedResponses", answer.counted().unpriced());
    document.put("contractCost", dollars(answer.contract()));
    document.put("telemetry", telemetry());
    document.put("told", told(answer.told()));
    document.put("billedCost", dollars(answer.billed().known()));
    document.put("unbilledTokens", answer.billed().unbilledTokens());
    document.put("costDifference", dollars(answer.difference()));
    document.put("unknownCost", dollars(answer.unknown()));
    document.put("causes", causes(answer.parts()));
    document.put("open", answer.open());
    document.put("by", answer.by().name().toLowerCase(Locale.ROOT));
    document.put("rows", answer.rows().stream().map(ReconcileJson::row).toList());
    return document;
  }

  private Map<String, @Nullable Object> telemetry() {
    var told = new LinkedHashMap<String, @Nullable Object>();
    told.put("joined", answer.telemetry().joined());
    told.put("alone", answer.telemetry().alone());
    told.put("held", answer.telemetry().held());
    return told;
  }

  private static @Nullable Map<String, @Nullable Object> told(@Nullable BilledAmounts amounts) {
    if (amounts == null) {
      return null;
    }
    var told = new LinkedHashMap<String, @Nullable Object>();
    told.put("input", amounts.of(Measure.INPUT));
    told.put("output", amounts.of(Measure.OUTPUT));
    told.put("cacheWrite5m", amounts.of(Measure.CACHE_WRITE_5M));
    told.put("cacheWrite1h", amounts.of(Measure.CACHE_WRITE_1H));
    told.put("cacheRead", amounts.of(Measure.CACHE_READ));
    told.put("webSearches", amounts.of(Measure.WEB_SEARCHES));
    return told;
  }

  private static @Nullable List<Map<String, @Nullable Object>> causes(@Nullable List<Part> parts) {
    return parts == null ? null : parts.stream().map(ReconcileJson::cause).toList();
  }

  private static Map<String, @Nullable Object> cause(Part part) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("cause", part.cause().key());
    json.put("title", part.cause().title());
    json.put("cost", dollars(part.amount()));
    json.put("of", part.of());
    json.put("known", part.cause().known());
    json.put("todo", part.cause().todo());
    return json;
  }

  private static Map<String, @Nullable Object> row(Row row) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", row.name());
    json.put("countedCost", dollars(row.counted()));
    json.put("toldCost", dollars(row.told()));
    json.put("billedCost", dollars(row.billed()));
    json.put("costDifference", dollars(row.difference()));
    json.put("causes", causes(row.parts()));
    return json;
  }

  private static @Nullable BigDecimal dollars(@Nullable Usd amount) {
    return amount == null ? null : amount.dollars();
  }
}

package dev.claudometer.source.claudecode;

import dev.claudometer.model.CostBasis;
import dev.claudometer.model.SessionTotal.ModelTotal;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import dev.claudometer.source.claudecode.scan.FieldNames;
import dev.claudometer.source.claudecode.scan.Json;
import dev.claudometer.source.claudecode.scan.Json.Malformed;
import dev.claudometer.source.claudecode.scan.Names;
import dev.claudometer.source.claudecode.scan.Scalars;
import java.util.List;
import java.util.Objects;

/// Reads `modelUsage` of a `cost-state` line.
final class CostStateParser {

  private static final FieldNames FIELDS =
      FieldNames.of(
          "inputTokens",
          "outputTokens",
          "cacheReadInputTokens",
          "cacheCreationInputTokens",
          "cacheCreationEphemeral1hInputTokens",
          "webSearchRequests",
          "costUSD",
          "costBasis");

  private static final int COST = 6;
  private static final int BASIS = 7;

  private final Json json;
  private final Names names;
  private final Scalars scalars;

  CostStateParser(Json json, Names names) {
    this.json = json;
    this.names = names;
    this.scalars = new Scalars(json, names);
  }

  void models(List<ModelTotal> to) throws Malformed {
    to.clear();
    if (json.peek() != '{') {
      json.skip();
      return;
    }
    json.expect('{');
    for (boolean first = true; json.nextMember(first); first = false) {
      String model = names.of(json);
      if (json.peek() == '{') {
        to.add(model(model));
      } else {
        json.skip();
      }
    }
  }

  private ModelTotal model(String name) throws Malformed {
    long[] counts = new long[6];
    Usd cost = Usd.ZERO;
    CostBasis basis = CostBasis.UNKNOWN;
    json.expect('{');
    for (boolean first = true; json.nextMember(first); first = false) {
      int field = FIELDS.find(json.bytes, json.textFrom, json.textTo);
      if (field == COST) {
        cost = Objects.requireNonNullElse(scalars.money(), Usd.ZERO);
      } else if (field == BASIS) {
        basis = CostBasis.written(scalars.text(""));
      } else if (field >= 0) {
        counts[field] = scalars.count();
      } else {
        json.skip();
      }
    }
    long oneHour = Math.min(counts[3], counts[4]);
    var tokens = new TokenCounts(counts[0], counts[1], counts[3] - oneHour, oneHour, counts[2]);
    return new ModelTotal(name, tokens, counts[5], cost, basis);
  }
}

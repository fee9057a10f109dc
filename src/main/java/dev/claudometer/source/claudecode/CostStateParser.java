package dev.claudometer.source.claudecode;

import dev.claudometer.model.SessionTotal.ModelTotal;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usd;
import dev.claudometer.source.claudecode.Json.Malformed;
import java.math.BigDecimal;
import java.util.List;

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
          "costUSD");

  private static final int COST = 6;

  private final Json json;
  private final Names names;

  CostStateParser(Json json, Names names) {
    this.json = json;
    this.names = names;
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
    json.expect('{');
    for (boolean first = true; json.nextMember(first); first = false) {
      int field = FIELDS.find(json.bytes, json.textFrom, json.textTo);
      if (field == COST) {
        cost = cost();
      } else if (field >= 0) {
        counts[field] = Math.max(0, json.countOrNull());
      } else {
        json.skip();
      }
    }
    long oneHour = Math.min(counts[3], counts[4]);
    var tokens = new TokenCounts(counts[0], counts[1], counts[3] - oneHour, oneHour, counts[2]);
    return new ModelTotal(name, tokens, counts[5], cost);
  }

  private Usd cost() throws Malformed {
    byte b = json.peek();
    if (b < '0' || b > '9') {
      json.skip();
      return Usd.ZERO;
    }
    json.rawNumber();
    try {
      return json.textTo - json.textFrom > 40 ? Usd.ZERO : Usd.of(new BigDecimal(json.text()));
    } catch (ArithmeticException notANumber) {
      throw new Malformed();
    } catch (NumberFormatException notANumber) {
      throw new Malformed();
    }
  }
}

package dev.claudometer.cli.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.json.PrintedJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;

/// Prints what a jq filter makes of a document, as `jq` itself does. No program of that name is
/// needed; its classes are loaded only where a filter is given.
final class JqFilter {

  private JqFilter() {}

  static void print(PrintStream out, @Nullable Object document, String filter) {
    JsonQuery query = compiled(filter);
    Scope scope = Scope.newEmptyScope();
    BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, scope);
    try {
      query.apply(scope, tree(document), result -> PrintedJson.print(out, value(result)));
    } catch (JsonQueryException failure) {
      throw new Failed("--jq: " + failure.getMessage(), failure);
    }
  }

  private static JsonQuery compiled(String filter) {
    try {
      return JsonQuery.compile(filter, Versions.JQ_1_6);
    } catch (JsonQueryException wrong) {
      throw new WrongUsage("--jq: '" + filter + "' is not a filter of jq, such as '.totals'");
    }
  }

  private static JsonNode tree(@Nullable Object document) {
    var bytes = new ByteArrayOutputStream();
    PrintedJson.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), document);
    try {
      return new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .readTree(bytes.toByteArray());
    } catch (JsonProcessingException ourOwn) {
      throw new IllegalStateException(ourOwn);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static @Nullable Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        node.properties().forEach(member -> map.put(member.getKey(), value(member.getValue())));
        yield map;
      }
      case ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        node.forEach(element -> list.add(value(element)));
        yield list;
      }
      case NUMBER -> number(node);
      case BOOLEAN -> node.booleanValue();
      case STRING -> node.textValue();
      default -> null;
    };
  }

  /// Sums are made of floating point numbers; a whole one is written without a point.
  private static BigDecimal number(JsonNode node) {
    BigDecimal exact = node.decimalValue();
    return node.isDouble() && exact.signum() == 0
        ? BigDecimal.ZERO
        : node.isDouble() ? exact.stripTrailingZeros() : exact;
  }
}

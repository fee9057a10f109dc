package dev.claudometer.deploy;

import dev.claudometer.export.prometheus.RealPrometheus;
import dev.claudometer.export.prometheus.RealPrometheus.Sample;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;

/// What a Prometheus answers, in a line that a person can compare: `a/b=1.5, c/d=2`.
@Tag("process")
final class Answers {

  private static final List<String> MODELS = List.of("claude-opus-5", "claude-fable-5-2");

  private static final String OVER_TIME =
      "(?:rate|increase)\\(((?:[^()\"]|\"[^\"]*\")*)\\[[^\\]]*]\\)";

  private Answers() {}

  /// Rates and increases are of what was told since the beginning: the counters themselves.
  static String to(RealPrometheus prometheus, String expression) throws Exception {
    List<Sample> samples = prometheus.ask(expression.replaceAll(OVER_TIME, "$1"));
    return samples.stream()
        // of all that have a price, those that are used here
        .filter(
            sample ->
                !expression.contains("_price_per_million")
                    || MODELS.contains(sample.labels().get("model")))
        .map(sample -> labels(sample) + "=" + number(sample.value()))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String labels(Sample sample) {
    return sample.labels().entrySet().stream()
        .filter(label -> !label.getKey().equals("__name__"))
        .map(Map.Entry::getValue)
        .collect(Collectors.joining("/"));
  }

  private static String number(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value, new MathContext(9)).stripTrailingZeros().toPlainString()
        : String.valueOf(value);
  }
}

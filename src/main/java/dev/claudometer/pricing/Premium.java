package dev.claudometer.pricing;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which generations of models cost a tenth more where a request is bound to a place.
///
/// There are two such rules, and they begin at different generations: Anthropic's own US inference
/// from 4.6 on, the regional endpoints of Bedrock and Vertex from 4.5 on. Older models cost the
/// same everywhere. Both hold for "all future models", so the generation in the id decides.
record Premium(boolean usInference, boolean regionalEndpoint) {

  static final BigDecimal FACTOR = new BigDecimal("1.1");

  private static final Premium NONE = new Premium(false, false);
  private static final int US_INFERENCE_FROM = 406;
  private static final int REGIONAL_ENDPOINT_FROM = 405;

  /// `claude-haiku-4-5-20251001`, `claude-3-5-haiku@20241022`, `claude-fable-5`.
  private static final Pattern GENERATION =
      Pattern.compile("^claude-(?:[a-z]+-)*(\\d{1,2})(?:-(\\d{1,2}))?(?![0-9])");

  /// Of a model by its id in the book. A Claude model without a number is newer than the rules.
  static Premium of(String id) {
    if (!id.startsWith("claude-")) {
      return NONE;
    }
    Matcher number = GENERATION.matcher(id);
    int generation = number.find() ? generation(number) : Integer.MAX_VALUE;
    return new Premium(generation >= US_INFERENCE_FROM, generation >= REGIONAL_ENDPOINT_FROM);
  }

  private static int generation(Matcher number) {
    int minor = number.group(2) == null ? 0 : Integer.parseInt(number.group(2));
    return Integer.parseInt(number.group(1)) * 100 + minor;
  }
}

package dev.claudometer.pricing;

/// Between which sizes prompts are, in tokens: larger than `over`, at most `upTo`.
public record PromptSizes(long over, long upTo) {

  public static final PromptSizes ANY = new PromptSizes(-1, Long.MAX_VALUE);

  private static final long LARGE = 200_000;

  /// As Anthropic's reports name them: `0-200k`, `200k-1M`; any other says nothing.
  public static PromptSizes ofContextWindow(String name) {
    return switch (name) {
      case "0-200k" -> new PromptSizes(-1, LARGE);
      case "200k-1M" -> new PromptSizes(LARGE, Long.MAX_VALUE);
      default -> ANY;
    };
  }
}

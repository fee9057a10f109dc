package dev.claudometer.pricing;

import org.jspecify.annotations.Nullable;

/// Rates, and those of large prompts. The whole request is billed at one of the two.
///
/// @param promptOver prompt tokens (input, cache writes and reads) above which `overRates` hold
/// @param overRates null where a prompt's size does not matter
public record Tariff(Rates rates, long promptOver, @Nullable Rates overRates) {

  Rates forPrompt(long promptTokens) {
    return overRates != null && promptTokens > promptOver ? overRates : rates;
  }

  /// Those of every prompt of such sizes; null where they differ.
  @Nullable Rates forPrompts(PromptSizes sizes) {
    if (overRates == null || sizes.upTo() <= promptOver) {
      return rates;
    }
    return sizes.over() >= promptOver ? overRates : null;
  }
}

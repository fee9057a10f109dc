package dev.claudometer.pricing;

import dev.claudometer.model.Usd;

/// What a response cost, or that nobody knows. An unknown price is a finding, never zero.
public sealed interface Cost {

  record Priced(Usd amount) implements Cost {}

  record Unpriced(String model) implements Cost {}
}

package dev.claudometer.pricing;

import dev.claudometer.model.BillingTerms;
import org.jspecify.annotations.Nullable;

/// How a model's id resolves.
///
/// @param row null where the book does not know the model
/// @param regional whether the id's own endpoint costs more
/// @param usInference whether US inference costs more
/// @param fast whether the id names the model's fast mode
/// @param name what reports call it
/// @param fastName what they call it in fast mode
record ResolvedModel(
    @Nullable ModelPrice row,
    boolean regional,
    boolean usInference,
    boolean fast,
    String name,
    String fastName) {

  /// Behind the name of a model whose answers were in fast mode, as in ccusage.
  private static final String FAST = "-fast";

  static ResolvedModel of(ModelPrice row, ModelId id) {
    Premium premium = Premium.of(row.id());
    return new ResolvedModel(
        row,
        id.regional() && premium.regionalEndpoint(),
        premium.usInference(),
        id.fast(),
        row.id(),
        row.id() + FAST);
  }

  /// @param spelled the id of a model that the book does not know
  static ResolvedModel unknown(String spelled, boolean fast) {
    String name =
        fast && spelled.endsWith(FAST)
            ? spelled.substring(0, spelled.length() - FAST.length())
            : spelled;
    return new ResolvedModel(null, false, false, fast, name, name + FAST);
  }

  /// Whether a response under these terms was in fast mode.
  boolean fast(BillingTerms terms) {
    return fast || terms.fast();
  }

  /// What reports call a response under these terms.
  String name(BillingTerms terms) {
    return fast(terms) ? fastName : name;
  }
}

package dev.claudometer.store.sql.event;

import dev.claudometer.model.BillingTerms;
import dev.claudometer.store.sql.engine.Escapes;

/// What a response was billed by, as one text: `tier|speed|geo`.
public final class TermsText {

  private TermsText() {}

  static String of(BillingTerms terms) {
    return Escapes.escape(terms.serviceTier())
        + "|"
        + Escapes.escape(terms.speed())
        + "|"
        + Escapes.escape(terms.inferenceGeo());
  }

  public static BillingTerms read(String text) {
    String[] parts = text.split("\\|", 3);
    return new BillingTerms(
        Escapes.unescape(parts[0]), Escapes.unescape(parts[1]), Escapes.unescape(parts[2]));
  }
}

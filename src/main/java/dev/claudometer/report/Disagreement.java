package dev.claudometer.report;

import dev.claudometer.store.quality.Dispute;
import java.time.Instant;

/// Two devices that contradict each other about one response.
///
/// @param counted the device whose numbers count: the one that was enrolled first
/// @param otherAt when the other one says that it was
public record Disagreement(
    String message,
    Instant at,
    String counted,
    long countedTokens,
    String other,
    long otherTokens,
    Instant otherAt) {

  static Disagreement of(Dispute dispute, KnownMachines.Names names) {
    return new Disagreement(
        dispute.response().messageId(),
        dispute.at(),
        names.device(dispute.counts()),
        dispute.countedTokens(),
        names.device(dispute.other()),
        dispute.otherTokens(),
        dispute.otherAt());
  }
}

package dev.claudometer.cli.org;

import dev.claudometer.app.OrganizationPolling;
import dev.claudometer.app.config.OrganizationSettings;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.collect.PollLog;
import dev.claudometer.model.BilledReport;
import dev.claudometer.source.adminapi.AdminKey;
import dev.claudometer.store.bill.Billing;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Asks Anthropic for what it has billed since it was asked last.
record LatestBill(Surroundings surroundings, OrganizationSettings settings, Billing billing) {

  /// Whether there is a key to ask with.
  boolean asked() {
    return settings.key() != null;
  }

  /// Whether anything is known of a bill.
  boolean stored() {
    return Stream.of(BilledReport.values()).anyMatch(report -> billing.known(report) != null);
  }

  /// Asks, where there is a key.
  ///
  /// @param from where what is shown begins: the first time it is asked for from there on
  /// @return what failed
  List<String> poll(Instant from) throws InterruptedException {
    AdminKey key = settings.key();
    if (key == null) {
      return List.of();
    }
    try (var poll =
        OrganizationPolling.of(
            settings, key, billing, surroundings.clock(), PollLog.NONE, since(from))) {
      return poll.run().failures();
    }
  }

  private Instant since(Instant from) {
    Instant usual = OrganizationPolling.usualSince(surroundings.clock().instant());
    boolean asked = from.isBefore(usual) && from.isAfter(Instant.EPOCH);
    return asked ? from : usual;
  }
}

package dev.claudometer.store.registry;

import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who may use the server, how it is set, what people keep there, and what was changed by whom.
public interface Registry extends Leases, Keepsakes {

  Devices devices();

  Credentials credentials();

  Accounts accounts();

  Teams teams();

  /// Changes something, and writes it into the audit log in the same transaction.
  <T extends @Nullable Object> T change(Deed deed, Supplier<T> work);

  /// What somebody does.
  record Deed(
      String actor, String address, String action, String subject, String detail, Instant at) {}

  AuditLog auditLog();

  /// Settings by name. A change of one happens within [#change].
  Map<String, String> settings();

  void setting(String name, String value);
}

package dev.claudometer.store.registry;

import java.util.List;

/// What was done, by whom: entries are only ever added, by [Registry#change].
public interface AuditLog {

  /// Entries before a number, the latest first.
  List<AuditEntry> before(long number, int most);

  /// What contradicts itself: one sentence each.
  List<String> verify();
}

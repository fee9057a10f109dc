package dev.claudometer.store;

import java.util.function.Consumer;

/// Whether a store can be used, and whether it is what it was.
public interface Condition {

  /// Writes something, durably, that changes nothing.
  ///
  /// @throws StoreException where nothing can be stored now
  void probe();

  /// Is told in one sentence each time that the store is found to be put back to an earlier state,
  /// or to have lost a part.
  void onRollback(Consumer<String> told);

  /// How often that was found since this process has started.
  long rollbacks();
}

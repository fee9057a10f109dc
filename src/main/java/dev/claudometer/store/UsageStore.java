package dev.claudometer.store;

/// Where observations rest: all that can be asked of a store and done to it. Whoever needs less
/// names less. Any thread may use it.
///
/// Every method throws [StoreException] where the store cannot be used.
public interface UsageStore
    extends UsageQueries, Appender, Cursors, Upkeep, Condition, AutoCloseable {

  /// The store as what an agent sends from.
  Outbox outbox();

  /// What Claude Code's own statistics have told of this machine.
  ToldHistory told();

  @Override
  void close();
}

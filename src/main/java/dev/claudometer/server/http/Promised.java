package dev.claudometer.server.http;

import org.jspecify.annotations.Nullable;

/// An answer that has to be waited for, as for a transaction that others share. The request's own
/// thread waits, which is a virtual one: no worker is held meanwhile, so many can wait at once. It
/// must not touch a database.
public interface Promised {

  /// Waits.
  ///
  /// @return what an [Route.Action] may answer
  @Nullable Object await() throws Exception;
}

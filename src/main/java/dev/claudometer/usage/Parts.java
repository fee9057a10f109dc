package dev.claudometer.usage;

import dev.claudometer.model.Completion;
import dev.claudometer.model.UsageEvent;

/// Keeps the parts of a response together, whoever tells of them.
public final class Parts {

  private Parts() {}

  /// The part at its response's time and attributed as its response is. Where the usage was read
  /// stays its own: another sender may have told it.
  ///
  /// @param response joined from all of its copies
  public static UsageEvent of(UsageEvent response, UsageEvent part) {
    boolean together =
        part.at().equals(response.at()) && part.attribution().equals(response.attribution());
    return together
        ? part
        : new UsageEvent(
            part.key(),
            new Completion(response.at(), part.completion().output()),
            part.usage(),
            response.attribution(),
            part.progress(),
            part.origin(),
            part.tools());
  }
}

package dev.claudometer.usage;

import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import org.jspecify.annotations.Nullable;

/// A response or a part of one, with its price.
public interface Billed {

  UsageEvent event();

  /// What it costs; null while its model, or a class of its tokens, has no known price.
  @Nullable Usd booked();

  /// What it costs by contract; null where there is none, or nobody knows. Never added to list
  /// prices.
  @Nullable Usd contract();

  /// What reading from the cache cost less than the same tokens as input; null where that is not
  /// known.
  @Nullable Usd saved();
}

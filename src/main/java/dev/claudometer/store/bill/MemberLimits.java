package dev.claudometer.store.bill;

import dev.claudometer.model.SpendLimit;
import dev.claudometer.store.poll.Poll;
import java.util.List;

/// What members of an organisation may spend.
public interface MemberLimits {

  /// Stores what members may spend, in the place of what was told before.
  void limit(List<SpendLimit> limits, Poll poll);

  List<SpendLimit> spendLimits();
}

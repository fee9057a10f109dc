package dev.claudometer.store.bill;

import dev.claudometer.model.SpendCap;
import dev.claudometer.model.SpendLimit;
import dev.claudometer.store.poll.Poll;
import java.util.List;

/// What members of an organisation may spend, and which limits are configured.
public interface MemberLimits {

  /// Stores both, in the place of what was told before.
  void limit(List<SpendLimit> limits, List<SpendCap> caps, Poll poll);

  List<SpendLimit> spendLimits();

  /// By whom they hold for.
  List<SpendCap> spendCaps();
}

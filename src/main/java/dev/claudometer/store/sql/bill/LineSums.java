package dev.claudometer.store.sql.bill;

import dev.claudometer.model.BilledAmounts;
import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.store.bill.BilledSum;
import dev.claudometer.store.sql.engine.NameTable;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Adds lines up by step and group. What a line is grouped by is read once, however often it comes.
final class LineSums {

  private final NameTable names;
  private final Set<BilledDimension> by;
  private final Map<Long, Group> ofMembers = new HashMap<>();
  private final Map<BilledGroup, Group> groups = new HashMap<>();
  private final Map<Long, Map<Group, BilledAmounts>> steps = new TreeMap<>();

  LineSums(NameTable names, Set<BilledDimension> by) {
    this.names = names;
    this.by = by;
  }

  Set<BilledDimension> by() {
    return by;
  }

  /// One object for each group: it is found without looking at its texts.
  private static final class Group {

    private final BilledGroup group;

    Group(BilledGroup group) {
      this.group = group;
    }
  }

  /// @param at when the step begins, in milliseconds
  /// @param member what the line is grouped by
  boolean add(long at, long member, BilledAmounts amounts) throws SQLException {
    Group group = ofMembers.get(member);
    if (group == null) {
      group = groups.computeIfAbsent(GroupText.group(names.text(member)).by(by), Group::new);
      ofMembers.put(member, group);
    }
    steps
        .computeIfAbsent(at, _ -> new LinkedHashMap<>())
        .merge(group, amounts, BilledAmounts::plus);
    return true;
  }

  /// By step.
  List<BilledSum> sums() {
    List<BilledSum> sums = new ArrayList<>();
    steps.forEach(
        (millis, parts) -> {
          Instant at = Instant.ofEpochMilli(millis);
          parts.forEach((group, amounts) -> sums.add(new BilledSum(at, group.group, amounts)));
        });
    return sums;
  }
}

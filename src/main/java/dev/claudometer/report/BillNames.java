package dev.claudometer.report;

import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.OrganizationEntry;
import dev.claudometer.model.OrganizationEntry.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What people call what a bill names by an id.
public final class BillNames {

  /// Usage that has no description, for want of a cost row.
  static final String PRIORITY = "(priority tier, in no cost report)";

  private final Map<String, OrganizationEntry> byId = new HashMap<>();
  private final Map<String, Long> times = new HashMap<>();

  public BillNames(List<OrganizationEntry> entries) {
    for (OrganizationEntry entry : entries) {
      byId.put(entry.id(), entry);
      times.merge(entry.kind() + entry.name(), 1L, Long::sum);
    }
  }

  /// The name of a group that has been split.
  String of(BillBy by, BilledGroup group) {
    if (by == BillBy.OWNER) {
      return owner(group);
    }
    BilledDimension dimension = by.dimension();
    String value = group.value(dimension);
    if (value == null || value.isEmpty()) {
      return "(" + dimension.none() + ")";
    }
    return name(value);
  }

  /// A name that two of them have is told apart by the id.
  public String name(String id) {
    OrganizationEntry entry = byId.get(id);
    if (entry == null || entry.name().isEmpty()) {
      return id;
    }
    boolean one = times.getOrDefault(entry.kind() + entry.name(), 0L) == 1;
    return one ? entry.name() : entry.name() + " (" + id + ")";
  }

  /// Who used an account, or whose key it was.
  private String owner(BilledGroup group) {
    String account = group.value(BilledDimension.ACCOUNT);
    if (account != null && !account.isEmpty()) {
      return person(account);
    }
    String key = group.value(BilledDimension.API_KEY);
    if (key == null || key.isEmpty()) {
      return "(" + BilledDimension.API_KEY.none() + ")";
    }
    @Nullable OrganizationEntry entry = byId.get(key);
    return entry == null || entry.owner().isEmpty() ? "(unknown)" : person(entry.owner());
  }

  private String person(String id) {
    OrganizationEntry entry = byId.get(id);
    return entry != null && entry.kind() == Kind.USER && !entry.email().isEmpty()
        ? entry.email()
        : name(id);
  }
}

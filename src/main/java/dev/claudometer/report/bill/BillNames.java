package dev.claudometer.report.bill;

import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.OrganizationEntry;
import dev.claudometer.model.OrganizationEntry.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What people call what a bill names by an id.
public final class BillNames {

  /// Usage that has no description, for want of a cost row.
  static final String PRIORITY = "(priority tier, in no cost report)";

  private final Map<String, OrganizationEntry> byId = new HashMap<>();
  private final Map<String, String> named = new HashMap<>();

  public BillNames(List<OrganizationEntry> entries) {
    Map<String, Long> times = new HashMap<>();
    for (OrganizationEntry entry : entries) {
      byId.put(entry.id(), entry);
      times.merge(entry.kind() + entry.name(), 1L, Long::sum);
    }
    byId.forEach(
        (id, entry) -> {
          boolean one = times.getOrDefault(entry.kind() + entry.name(), 0L) == 1;
          if (!entry.name().isEmpty()) {
            named.put(id, one ? entry.name() : entry.name() + " (" + id + ")");
          }
        });
  }

  /// The name of a group that has been split.
  String of(BillBy by, BilledGroup group) {
    if (by == BillBy.OWNER) {
      return owner(group);
    }
    BilledDimension dimension = by.dimension();
    String value = group.named(dimension);
    return value.isEmpty() ? "(" + dimension.none() + ")" : name(value);
  }

  /// A name that two of them have is told apart by the id.
  public String name(String id) {
    return named.getOrDefault(id, id);
  }

  private String owner(BilledGroup group) {
    String owner = ownerId(group);
    if (!owner.isEmpty()) {
      return person(owner);
    }
    boolean keyless = group.named(BilledDimension.API_KEY).isEmpty();
    return keyless ? "(" + BilledDimension.API_KEY.none() + ")" : "(unknown)";
  }

  /// Who used an account, or whose key it was; empty where neither is known.
  private String ownerId(BilledGroup group) {
    String account = group.named(BilledDimension.ACCOUNT);
    OrganizationEntry key = byId.get(group.named(BilledDimension.API_KEY));
    return account.isEmpty() && key != null ? key.owner() : account;
  }

  /// A key, and whose usage it was. What nobody has named is empty; an owner who is not known is
  /// told by id, so that two of them do not become one.
  public record KeyName(String id, String name, String ownerEmail, String ownerName) {}

  /// Usage without a key is the Console's, or that of an account.
  public KeyName key(BilledGroup group) {
    IdAndName key = idAndName(group, BilledDimension.API_KEY);
    String owner = ownerId(group);
    OrganizationEntry person = byId.get(owner);
    return new KeyName(
        key.id(), key.name(), person == null ? "" : person.email(), nameAlone(owner));
  }

  /// What is told apart by its id, whatever others are called.
  public record IdAndName(String id, String name) {}

  public IdAndName workspace(BilledGroup group) {
    return idAndName(group, BilledDimension.WORKSPACE);
  }

  private IdAndName idAndName(BilledGroup group, BilledDimension dimension) {
    String id = group.named(dimension);
    return id.isEmpty()
        ? new IdAndName(dimension.none(), dimension.none())
        : new IdAndName(id, nameAlone(id));
  }

  private String nameAlone(String id) {
    OrganizationEntry entry = byId.get(id);
    return entry == null || entry.name().isEmpty() ? id : entry.name();
  }

  private String person(String id) {
    OrganizationEntry entry = byId.get(id);
    return entry != null && entry.kind() == Kind.USER && !entry.email().isEmpty()
        ? entry.email()
        : name(id);
  }
}

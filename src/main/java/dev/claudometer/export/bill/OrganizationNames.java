package dev.claudometer.export.bill;

import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.OrganizationEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What people call what a bill names by an id.
final class OrganizationNames {

  private final Map<String, OrganizationEntry> byId = new HashMap<>();

  OrganizationNames(List<OrganizationEntry> entries) {
    entries.forEach(entry -> byId.put(entry.id(), entry));
  }

  /// Whose usage it was. What nobody has named is empty; an owner who is not known is told by id,
  /// so that two of them do not become one.
  record KeyName(String id, String name, String ownerEmail, String ownerName) {}

  /// Usage without a key is the Console's, or that of an account.
  KeyName key(BilledGroup group) {
    String id = value(group, BilledDimension.API_KEY);
    String account = value(group, BilledDimension.ACCOUNT);
    OrganizationEntry key = byId.get(id);
    String owner = account.isEmpty() && key != null ? key.owner() : account;
    OrganizationEntry person = byId.get(owner);
    String console = BilledDimension.API_KEY.none();
    return new KeyName(
        id.isEmpty() ? console : id,
        id.isEmpty() ? console : name(key, id),
        person == null ? "" : person.email(),
        name(person, owner));
  }

  /// Id and name.
  record Workspace(String id, String name) {}

  Workspace workspace(BilledGroup group) {
    String id = value(group, BilledDimension.WORKSPACE);
    String usual = BilledDimension.WORKSPACE.none();
    return id.isEmpty() ? new Workspace(usual, usual) : new Workspace(id, name(byId.get(id), id));
  }

  private static String name(@Nullable OrganizationEntry entry, String id) {
    return entry == null || entry.name().isEmpty() ? id : entry.name();
  }

  /// Empty where it is not grouped by it or nothing is named.
  static String value(BilledGroup group, BilledDimension dimension) {
    String value = group.value(dimension);
    return value == null ? "" : value;
  }
}

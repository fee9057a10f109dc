package dev.claudometer.reconcile;

import dev.claudometer.model.BilledDimension;
import dev.claudometer.model.BilledGroup;
import dev.claudometer.model.BilledReport;
import dev.claudometer.model.OrganizationEntry;
import dev.claudometer.model.OrganizationEntry.Kind;
import dev.claudometer.report.bill.BillNames;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.bill.Billing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who holds the keys and accounts of a bill, and which of them use Claude Code.
///
/// Claude Code's log-in with the Console makes keys of its own, `claude_code_key_…`; of other keys
/// and of accounts, Anthropic's Claude Code report names those that used it.
public final class Holders {

  private static final String OWN_KEY = "claude_code_key";

  private final Map<String, OrganizationEntry> byId = new HashMap<>();
  private final BillNames names;
  private final Set<String> actors;

  public Holders(Billing billing, TimeRange range) {
    List<OrganizationEntry> entries = billing.entries();
    entries.forEach(entry -> byId.put(entry.id(), entry));
    names = new BillNames(entries);
    actors = billing.named(BilledReport.CLAUDE_CODE, range, BilledDimension.ACTOR);
  }

  /// Whether Claude Code used what is told of a group.
  public boolean usesClaudeCode(BilledGroup use) {
    String key = use.named(BilledDimension.API_KEY);
    if (key.isEmpty()) {
      return actors.contains(email(use.named(BilledDimension.ACCOUNT)));
    }
    OrganizationEntry entry = byId.get(key);
    String name = entry == null ? key : entry.name();
    return name.startsWith(OWN_KEY) || actors.contains(name);
  }

  /// The key or the account that used something.
  public String holder(BilledGroup use) {
    String key = use.named(BilledDimension.API_KEY);
    String account = use.named(BilledDimension.ACCOUNT);
    return !key.isEmpty()
        ? key(key)
        : account.isEmpty() ? "(" + BilledDimension.API_KEY.none() + ")" : email(account);
  }

  String key(String id) {
    return id.isEmpty() ? "(" + BilledDimension.API_KEY.none() + ")" : names.name(id);
  }

  public String workspace(String id) {
    return id.isEmpty() ? "(" + BilledDimension.WORKSPACE.none() + ")" : names.name(id);
  }

  /// Who used an account, or whose key it was; empty where nobody says.
  String person(String account, String key) {
    if (!account.isEmpty()) {
      return email(account);
    }
    OrganizationEntry entry = byId.get(key);
    return entry == null || entry.owner().isEmpty() ? "" : email(entry.owner());
  }

  private String email(String id) {
    OrganizationEntry entry = byId.get(id);
    return entry != null && entry.kind() == Kind.USER && !entry.email().isEmpty()
        ? entry.email()
        : id.isEmpty() ? "" : names.name(id);
  }
}

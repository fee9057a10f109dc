package dev.claudometer.collect;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.Answer.Reason;
import dev.claudometer.model.OrganizationEntry;
import dev.claudometer.model.OrganizationEntry.Kind;
import dev.claudometer.source.adminapi.AdminApi;
import dev.claudometer.store.bill.Billing;
import dev.claudometer.store.poll.Poll;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps the bills of two organisations apart: a bucket would replace the other's.
final class WhoseKey {

  private static final String SOURCE = "adminapi/me";

  private final AdminApi api;
  private final Billing billing;
  private boolean known;

  WhoseKey(AdminApi api, Billing billing) {
    this.api = api;
    this.billing = billing;
  }

  /// Null where the key is of the organisation that is stored, or of the first one; else why not,
  /// or why that is not known.
  @Nullable String objection(Instant now) throws InterruptedException {
    if (known) {
      return null;
    }
    Answer<OrganizationEntry> answer = api.organization();
    @Nullable String objection =
        switch (answer) {
          case Given<OrganizationEntry>(OrganizationEntry organization) ->
              objection(organization, now);
          case Failed<OrganizationEntry> failed ->
              older(failed.reason()) ? null : failed.sentence();
        };
    known = objection == null;
    return objection;
  }

  /// A service that does not say whose key it is.
  private static boolean older(Reason reason) {
    return reason == Reason.ABSENT || reason == Reason.UNKNOWN;
  }

  private @Nullable String objection(OrganizationEntry organization, Instant now) {
    for (OrganizationEntry entry : billing.entries()) {
      if (entry.kind() == Kind.ORGANIZATION && !entry.id().equals(organization.id())) {
        return "the key is of the organisation '"
            + organization.name()
            + "', and here is what '"
            + entry.name()
            + "' used: keep them in two databases (--database)";
      }
    }
    billing.name(List.of(organization), Poll.first(SOURCE).done(now));
    return null;
  }
}

package dev.claudometer.store.sql.event;

import dev.claudometer.model.Attribution;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Work;
import org.jspecify.annotations.Nullable;

/// What the responses of a conversation mostly share.
///
/// @param model what reports call it
/// @param spelled the model's id as the transcript spells it
/// @param file where the usage was read, or who sent it
/// @param attributedFile the same of what attributes it
record Context(
    SessionId session,
    ProjectName project,
    String branch,
    String agent,
    DeviceId device,
    boolean sidechain,
    boolean forked,
    Work work,
    String model,
    String spelled,
    BillingTerms terms,
    boolean progress,
    String file,
    String attributedFile) {

  static Context of(EventRow row) {
    UsageEvent event = row.event();
    Attribution attribution = event.attribution();
    return new Context(
        attribution.session(),
        attribution.project(),
        attribution.branch(),
        attribution.agent(),
        row.device(),
        attribution.sidechain(),
        attribution.forked(),
        attribution.work(),
        row.model(),
        event.usage().model(),
        event.usage().terms(),
        event.progress(),
        OriginCodec.text(event.origin()),
        OriginCodec.text(attribution.origin()));
  }

  // a record's own two are chains of method handles, which the quick compiler never makes fast
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Context that
        && session.equals(that.session)
        && file.equals(that.file)
        && attributedFile.equals(that.attributedFile)
        && model.equals(that.model)
        && spelled.equals(that.spelled)
        && branch.equals(that.branch)
        && agent.equals(that.agent)
        && project.equals(that.project)
        && device.equals(that.device)
        && sidechain == that.sidechain
        && forked == that.forked
        && progress == that.progress
        && terms.equals(that.terms)
        && work.equals(that.work);
  }

  @Override
  public int hashCode() {
    int where = 31 * (31 * session.hashCode() + file.hashCode()) + branch.hashCode();
    return 31 * (31 * (31 * where + agent.hashCode()) + model.hashCode()) + device.hashCode();
  }
}

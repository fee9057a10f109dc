package dev.claudometer.store;

import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SumName;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Work;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.util.List;

/// The questions about what the work was for: branches and pull requests.
public interface WorkQueries {

  /// How many sessions had such a response on each branch of each project within a range.
  List<BranchSessions> branchSessions(TimeRange range, Where where);

  /// The machines on which each session had such a response within a range.
  List<SessionPlace> sessionPlaces(TimeRange range, Where where);

  /// Pull requests that were linked within a range by sessions with such a response, the latest
  /// first.
  ///
  /// @param most how many
  List<PullRequest> pullRequests(TimeRange range, Where where, int most);

  /// What the responses that are still kept used, by what they were work of.
  List<WorkUse> workUse(TimeRange range, Where where);

  /// What clients themselves have summed within a range, as their telemetry tells. It names no
  /// model: asked of some models only, there is none.
  List<ClientSum> clientSums(TimeRange range, Where where);

  /// Calls within a range that telemetry tells of, by the effort that was asked for, where it tells
  /// that.
  List<EffortUse> efforts(TimeRange range, Where where);

  /// A sum of one session in the place that the session was in then.
  ///
  /// @param kind one that is a sum
  /// @param name what it is of: see [ActivityKind]
  record ClientSum(
      DeviceId device,
      SessionId session,
      ProjectName project,
      String branch,
      ActivityKind kind,
      String name,
      long value) {

    /// What the name tells.
    public SumName told() {
      return SumName.of(kind, name);
    }
  }

  /// Calls by one model with one effort.
  record EffortUse(String effort, String model, long calls, TokenCounts tokens) {}

  /// Sums of responses that were work of the same.
  ///
  /// @param aside whether a subagent or helper asked, and not the conversation
  record WorkUse(Work work, boolean aside, String model, Totals totals) {}

  record BranchSessions(ProjectName project, String branch, long sessions) {}

  /// A pull request and all that the sessions have used that linked it, whenever they did.
  ///
  /// @param name `owner/repository#number`
  /// @param at when it was linked first
  record PullRequest(String name, ProjectName project, Instant at, long sessions, Totals totals) {}
}

package dev.claudometer.report;

import dev.claudometer.model.ProjectName;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.store.WorkQueries.BranchSessions;
import dev.claudometer.store.WorkQueries.PullRequest;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What branches and pull requests cost.
public final class BranchAnswers {

  private final UsageQueries store;
  private final KnownMachines fleet;

  public BranchAnswers(UsageQueries store, KnownMachines fleet) {
    this.store = store;
    this.fleet = fleet;
  }

  /// What was used on a branch.
  ///
  /// @param project the transcript directory's name
  /// @param name of the project
  public record BranchUse(
      ProjectName project, String name, String branch, long sessions, Totals totals) {}

  /// A pull request's cost.
  ///
  /// @param totals all that the sessions used that linked it
  public record PullRequestUse(
      String pullRequest,
      ProjectName project,
      String name,
      Instant at,
      long sessions,
      Totals totals) {}

  /// The most expensive branches first, the latest pull requests first.
  public record Branches(
      Instant from,
      Instant to,
      ZoneId timeZone,
      List<BranchUse> branches,
      List<PullRequestUse> pullRequests) {}

  private record Place(ProjectName project, String branch) {}

  public Branches branches(Question question) {
    KnownMachines.Names names = fleet.names();
    return new Branches(
        question.range().from(),
        question.range().to(),
        question.zone(),
        branches(question, names),
        store.pullRequests(question.range(), question.where(), Integer.MAX_VALUE).stream()
            .map(pullRequest -> use(pullRequest, names))
            .toList());
  }

  private List<BranchUse> branches(Question question, KnownMachines.Names names) {
    Map<Place, Long> sessions =
        store.branchSessions(question.range(), question.where()).stream()
            .collect(
                Collectors.toMap(
                    found -> new Place(found.project(), found.branch()), BranchSessions::sessions));
    Set<Dimension> by = Set.of(Dimension.PROJECT, Dimension.BRANCH);
    return store.sums(question.range(), question.where(), by).stream()
        .map(slice -> use(slice, sessions, names))
        .sorted(
            Comparator.comparing((BranchUse use) -> use.totals().reportedElseCalculated())
                .reversed())
        .toList();
  }

  private static BranchUse use(Slice slice, Map<Place, Long> sessions, KnownMachines.Names names) {
    return new BranchUse(
        slice.project(),
        names.project(slice.project()),
        slice.branch(),
        sessions.getOrDefault(new Place(slice.project(), slice.branch()), 0L),
        slice.totals());
  }

  private static PullRequestUse use(PullRequest pullRequest, KnownMachines.Names names) {
    return new PullRequestUse(
        pullRequest.name(),
        pullRequest.project(),
        names.project(pullRequest.project()),
        pullRequest.at(),
        pullRequest.sessions(),
        pullRequest.totals());
  }
}

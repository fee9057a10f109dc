package dev.claudometer.server.api.usage;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Route;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.WorkQueries.BranchSessions;
import dev.claudometer.store.WorkQueries.PullRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What branches and pull requests cost.
public final class BranchesApi {

  private static final int MOST_PULL_REQUESTS = 1_000;

  private final UsageStore store;
  private final Fleet fleet;

  public BranchesApi(UsageStore store, Fleet fleet) {
    this.store = store;
    this.fleet = fleet;
  }

  public record BranchUse(String project, String name, String branch, long sessions, Sums totals) {}

  /// A pull request's cost.
  ///
  /// @param totals all that the sessions used that linked it
  public record PullRequestUse(
      String pullRequest, String project, String name, Instant at, long sessions, Sums totals) {}

  public record Branches(
      Instant from,
      Instant to,
      String timeZone,
      List<BranchUse> branches,
      List<PullRequestUse> pullRequests) {}

  private record Place(String project, String branch) {}

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/branches",
            Access.VIEWER,
            "What branches and pull requests cost",
            this::branches));
  }

  public Branches branches(Call call) {
    Period period = Period.of(call, fleet.zone());
    Fleet.Names names = fleet.names();
    return new Branches(
        period.range().from(),
        period.range().to(),
        period.zone().getId(),
        branches(period.range(), names),
        store.pullRequests(period.range(), MOST_PULL_REQUESTS).stream()
            .map(pullRequest -> use(pullRequest, names))
            .toList());
  }

  private List<BranchUse> branches(TimeRange range, Fleet.Names names) {
    Map<Place, Long> sessions =
        store.branchSessions(range).stream()
            .collect(
                Collectors.toMap(
                    found -> new Place(found.project(), found.branch()), BranchSessions::sessions));
    return store.sums(range, Set.of(Dimension.PROJECT, Dimension.BRANCH)).stream()
        .map(slice -> use(slice, sessions, names))
        .sorted(Comparator.comparing((BranchUse use) -> use.totals().cost()).reversed())
        .toList();
  }

  private static BranchUse use(Slice slice, Map<Place, Long> sessions, Fleet.Names names) {
    return new BranchUse(
        slice.project(),
        names.project(slice.project()),
        slice.branch(),
        sessions.getOrDefault(new Place(slice.project(), slice.branch()), 0L),
        Sums.of(slice.totals()));
  }

  private static PullRequestUse use(PullRequest pullRequest, Fleet.Names names) {
    return new PullRequestUse(
        pullRequest.name(),
        pullRequest.project(),
        names.project(pullRequest.project()),
        pullRequest.at(),
        pullRequest.sessions(),
        Sums.of(pullRequest.totals()));
  }
}

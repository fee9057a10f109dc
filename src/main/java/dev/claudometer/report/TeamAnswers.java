package dev.claudometer.report;

import dev.claudometer.report.TeamSums.TeamSum;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Slice;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.usage.Totals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What teams used, for whoever is told of nobody alone.
record TeamAnswers(UsageQueries store, KnownMachines.Names names) {

  /// With fewer a sum says what one of them used to whoever knows of the others.
  private static final int FEWEST = 5;

  TeamSums teams(Question question) {
    Map<String, List<Slice>> teams =
        store.sums(question.range(), question.where(), Set.of(Dimension.DEVICE)).stream()
            .filter(slice -> slice.totals().responses() > 0)
            .filter(slice -> !names.owner(slice.device()).isEmpty())
            .collect(
                Collectors.groupingBy(
                    slice -> names.team(slice.device()), TreeMap::new, Collectors.toList()));
    List<TeamSum> sums = new ArrayList<>();
    teams.forEach((team, slices) -> sums.add(sum(team, slices)));
    List<TeamSum> told =
        sums.stream()
            .filter(sum -> sum.people() >= FEWEST)
            .sorted(
                Comparator.comparing((TeamSum sum) -> sum.totals().reportedElseCalculated())
                    .reversed())
            .toList();
    return new TeamSums(
        question.range().from(),
        question.range().to(),
        question.zone(),
        told,
        sums.size() - told.size(),
        FEWEST);
  }

  private TeamSum sum(String team, List<Slice> slices) {
    long people = slices.stream().map(slice -> names.owner(slice.device())).distinct().count();
    return new TeamSum(
        team, (int) people, slices.stream().map(Slice::totals).reduce(Totals.ZERO, Totals::plus));
  }
}

package dev.claudometer.report;

import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.SessionQuery;
import dev.claudometer.store.Slice;
import dev.claudometer.store.UsageQueries;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What people call a session: `loom · main`, the project and the branch that most of it cost on.
/// What was asked in it is never stored, so it has no title.
public final class SessionNames {

  private SessionNames() {}

  /// The name of one.
  ///
  /// @param parts what of it may be told
  public static String of(SessionId session, List<Slice> parts, KnownMachines.Names names) {
    String project =
        most(parts, slice -> slice.project().text())
            .map(key -> names.project(new ProjectName(key)))
            .orElse(session.text());
    return most(parts, Slice::branch).map(branch -> project + " · " + branch).orElse(project);
  }

  /// The name of one that the store is asked for, of the machines that a question is about.
  static String of(
      SessionId session, UsageQueries store, Question question, KnownMachines.Names names) {
    Set<String> asked = question.where().allowed().get(Dimension.DEVICE);
    List<Slice> parts =
        store.sessions(SessionQuery.of(session)).rows().stream()
            .flatMap(row -> row.parts().stream())
            .filter(part -> asked == null || asked.contains(part.device().text()))
            .toList();
    return of(session, parts, names);
  }

  private static Optional<String> most(List<Slice> parts, Function<Slice, String> part) {
    return parts.stream()
        .filter(slice -> !part.apply(slice).isEmpty())
        .max(Comparator.comparing(slice -> slice.totals().reportedElseCalculated()))
        .map(part);
  }
}

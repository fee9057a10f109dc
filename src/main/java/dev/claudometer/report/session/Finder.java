package dev.claudometer.report.session;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.reducing;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.report.Money;
import dev.claudometer.report.Named;
import dev.claudometer.report.Question;
import dev.claudometer.report.Scope;
import dev.claudometer.report.session.Found.Kind;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.SessionQuery;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.usage.Totals;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds people, projects, machines, branches, pull requests, sessions and responses by a part of
/// their names.
public final class Finder {

  /// Of each kind.
  static final int MOST = 5;

  /// Whoever looks for a message has copied its id.
  private static final int SHORTEST_ID = 8;

  /// For requests all keys of the store are looked through: not for a word of many letters.
  private static final int SHORTEST_REQUEST = 16;

  /// What is looked for by its name, in the order of [Used].
  private static final List<Set<Dimension>> BY =
      List.of(
          Set.of(Dimension.PROJECT, Dimension.BRANCH),
          Set.of(Dimension.PROJECT),
          Set.of(Dimension.MODEL),
          Set.of(Dimension.DEVICE));

  private final UsageQueries store;
  private final SessionAnswers sessions;
  private final ResponseAnswers responses;
  private final KnownMachines fleet;

  public Finder(
      UsageQueries store, SessionAnswers sessions, ResponseAnswers responses, KnownMachines fleet) {
    this.store = store;
    this.sessions = sessions;
    this.responses = responses;
    this.fleet = fleet;
  }

  /// What has the text in its name, in any case: of each kind first what begins with it, then what
  /// cost most.
  public List<Found> find(String text, Question question, Scope scope) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    if (wanted.isEmpty()) {
      return List.of();
    }
    KnownMachines.Names names = fleet.names();
    Used used = Used.of(store.sums(TimeRange.ALL, scope.where(), BY));
    return Stream.of(
            pullRequests(wanted, names, scope),
            best(wanted, branches(used.branches(), names)),
            best(wanted, people(used.devices(), names, scope)),
            best(wanted, teams(used.devices(), names, scope)),
            best(wanted, projects(used.projects(), names)),
            best(wanted, models(used.models())),
            best(wanted, devices(used.devices(), names, scope)),
            sessions(text.strip(), question, scope),
            responses(text.strip(), scope))
        .flatMap(Function.identity())
        .toList();
  }

  /// What was used, of one look at the store.
  private record Used(
      List<Slice> branches, List<Slice> projects, List<Slice> models, List<Slice> devices) {

    static Used of(List<List<Slice>> slices) {
      return new Used(slices.get(0), slices.get(1), slices.get(2), slices.get(3));
    }
  }

  private static Stream<Found> best(String wanted, Stream<Found> some) {
    return some.filter(found -> has(found, wanted))
        .sorted(
            Comparator.comparing((Found found) -> !begins(found, wanted))
                .thenComparing(Finder::nanos, Comparator.reverseOrder())
                .thenComparing(Found::name))
        .limit(MOST);
  }

  private static boolean has(Found found, String wanted) {
    return found.name().toLowerCase(Locale.ROOT).contains(wanted)
        || found.key().toLowerCase(Locale.ROOT).contains(wanted);
  }

  private static boolean begins(Found found, String wanted) {
    return found.name().toLowerCase(Locale.ROOT).startsWith(wanted);
  }

  private static long nanos(Found found) {
    return found.cost() == null || found.cost().known() == null ? 0 : found.cost().known().nanos();
  }

  private static <K> Map<K, Money> costs(List<Slice> used, Function<Slice, K> by) {
    Map<K, Totals> sums =
        used.stream().collect(groupingBy(by, reducing(Totals.ZERO, Slice::totals, Totals::plus)));
    return sums.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, sum -> Money.of(sum.getValue())));
  }

  private record Place(ProjectName project, String branch) {}

  private static Stream<Found> branches(List<Slice> used, KnownMachines.Names names) {
    return costs(used, slice -> new Place(slice.project(), slice.branch())).entrySet().stream()
        .filter(cost -> !cost.getKey().branch().isEmpty())
        .map(
            cost ->
                new Found(
                    Kind.BRANCH,
                    cost.getKey().branch(),
                    cost.getKey().branch(),
                    names.project(cost.getKey().project()),
                    cost.getKey().project().text(),
                    cost.getValue()));
  }

  private static Stream<Found> projects(List<Slice> used, KnownMachines.Names names) {
    return costs(used, Slice::project).entrySet().stream()
        .filter(cost -> !cost.getKey().equals(ProjectName.NONE))
        .map(
            cost ->
                found(
                    Kind.PROJECT,
                    cost.getKey().text(),
                    names.project(cost.getKey()),
                    cost.getValue()));
  }

  private static Stream<Found> models(List<Slice> used) {
    return costs(used, Slice::model).entrySet().stream()
        .map(cost -> found(Kind.MODEL, cost.getKey(), cost.getKey(), cost.getValue()));
  }

  private static Found found(Kind kind, String key, String name, Money cost) {
    return new Found(kind, key, name, "", "", cost);
  }

  private static Stream<Found> people(List<Slice> used, KnownMachines.Names names, Scope scope) {
    return grouped(Kind.PERSON, used, names, scope, names::owner);
  }

  private static Stream<Found> teams(List<Slice> used, KnownMachines.Names names, Scope scope) {
    return grouped(Kind.TEAM, used, names, scope, names::team);
  }

  /// Machines by whose they are: also of those that have used nothing.
  private static Stream<Found> grouped(
      Kind kind,
      List<Slice> used,
      KnownMachines.Names names,
      Scope scope,
      Function<DeviceId, String> whose) {
    Map<String, Money> costs = costs(used, slice -> whose.apply(slice.device()));
    return names.devices().keySet().stream()
        .filter(scope::holds)
        .map(whose)
        .filter(name -> !name.isEmpty())
        .distinct()
        .map(name -> found(kind, name, name, costs.getOrDefault(name, Money.of(Totals.ZERO))));
  }

  private static Stream<Found> devices(List<Slice> used, KnownMachines.Names names, Scope scope) {
    Map<DeviceId, Money> costs = costs(used, Slice::device);
    return names.devices().values().stream()
        .filter(device -> scope.holds(device.id()))
        .map(
            device ->
                new Found(
                    Kind.DEVICE,
                    device.id().text(),
                    device.name(),
                    device.owner(),
                    "",
                    costs.getOrDefault(device.id(), Money.of(Totals.ZERO))));
  }

  /// `123`, `#123` and `pr 123` are the same; those that were linked last come first.
  private Stream<Found> pullRequests(String wanted, KnownMachines.Names names, Scope scope) {
    String number = wanted.replaceFirst("^(pr\\s+#?|#)(?=[0-9])", "#");
    String part = number.matches("[0-9]+") ? "#" + number : number;
    return store.pullRequests(TimeRange.ALL, scope.where(), Integer.MAX_VALUE).stream()
        .filter(found -> found.name().toLowerCase(Locale.ROOT).contains(part))
        .sorted(Comparator.comparing(found -> !found.name().endsWith(part)))
        .limit(MOST)
        .map(
            found ->
                new Found(
                    Kind.PULL_REQUEST,
                    found.name(),
                    found.name(),
                    names.project(found.project()),
                    "",
                    Money.of(found.totals())));
  }

  /// By their ids, projects and branches, the latest first.
  private Stream<Found> sessions(String text, Question question, Scope scope) {
    var listing = new SessionAnswers.Listing(text, SessionQuery.Order.LAST, null, MOST, scope);
    return sessions.page(question, listing).sessions().stream()
        .map(
            session ->
                new Found(
                    Kind.SESSION,
                    session.session().text(),
                    title(session),
                    session.last().toString(),
                    "",
                    Money.of(session.whole())));
  }

  /// `loom · main`; its id where it has neither.
  private static String title(SessionAnswers.Session session) {
    String title =
        Stream.concat(
                session.projects().stream().map(Named::name).limit(1),
                session.branches().stream().limit(1))
            .collect(Collectors.joining(" · "));
    return title.isEmpty() ? session.session().text() : title;
  }

  private ResponseAnswers.Responses ofId(String text, Scope scope) {
    return text.length() < SHORTEST_REQUEST
        ? responses.ofMessage(text, scope)
        : responses.ofId(text, scope);
  }

  private Stream<Found> responses(String text, Scope scope) {
    return text.length() < SHORTEST_ID || text.contains(" ")
        ? Stream.of()
        : ofId(text, scope).responses().stream()
            .filter(response -> response.part() == 0)
            .limit(MOST)
            .map(
                response ->
                    new Found(
                        Kind.RESPONSE,
                        response.session().text(),
                        response.message(),
                        response.model(),
                        "",
                        Money.ofOne(response.counts())));
  }
}

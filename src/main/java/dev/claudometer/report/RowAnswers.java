package dev.claudometer.report;

import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.SessionShare;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageQueries;
import dev.claudometer.usage.PeriodKind;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What was used in each period, project or session, by model.
public final class RowAnswers {

  private final UsageQueries store;

  public RowAnswers(UsageQueries store) {
    this.store = store;
  }

  /// A row of a report.
  ///
  /// @param key the first day of a period, or what the row is about
  /// @param project empty where rows are not split by project
  /// @param first the first response in the row's time; null where that is not asked for, or no
  ///   longer kept
  public record Row(
      String key,
      ProjectName project,
      @Nullable Instant first,
      @Nullable Instant last,
      Map<String, Totals> byModel) {}

  private record Place(ProjectName project, SessionId session) {

    // a record's own two are chains of method handles, which the quick compiler never makes fast
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Place that
          && project.equals(that.project)
          && session.equals(that.session);
    }

    @Override
    public int hashCode() {
      return 31 * project.hashCode() + session.hashCode();
    }
  }

  /// When a session was used, as far as that is known.
  private static final class Span {

    private @Nullable Instant first;
    private @Nullable Instant last;

    void add(SessionShare share) {
      Instant begun = share.first();
      Instant ended = share.last();
      if (begun != null && (first == null || begun.isBefore(first))) {
        first = begun;
      }
      if (ended != null && (last == null || ended.isAfter(last))) {
        last = ended;
      }
    }
  }

  /// One row per period and, where asked for, project; periods without usage have none.
  public List<Row> periods(Question question, PeriodKind kind, boolean byProject) {
    TimeRange extent = store.extent();
    if (extent == null) {
      return List.of();
    }
    ZoneId zone = question.zone();
    TimeRange range = question.range();
    Instant from = later(range.from(), extent.from());
    Instant to = earlier(range.to(), extent.to());
    List<Row> rows = new ArrayList<>();
    LocalDate first = kind.first(from.atZone(zone).toLocalDate(), question.weekStart());
    for (Instant start = start(first, zone); start.isBefore(to); start = start(first, zone)) {
      LocalDate next = kind.next(first);
      var period =
          new TimeRange(later(start, range.from()), earlier(start(next, zone), range.to()));
      rows.addAll(period(question.in(period), first.toString(), byProject));
      first = next;
    }
    return rows;
  }

  private List<Row> period(Question question, String label, boolean byProject) {
    Set<Dimension> by =
        byProject ? EnumSet.of(Dimension.MODEL, Dimension.PROJECT) : EnumSet.of(Dimension.MODEL);
    List<Row> rows = new ArrayList<>();
    new TreeMap<>(byModel(question, by, Slice::project))
        .forEach((project, models) -> rows.add(new Row(label, project, null, null, models)));
    return rows;
  }

  /// One row per part of the question's split.
  public List<Row> parts(Question question) {
    Dimension by = question.by().dimension();
    var names = new KnownMachines.Names(Map.of(), Map.of(), Map.of());
    List<Row> rows = new ArrayList<>();
    new TreeMap<>(
            byModel(
                question,
                EnumSet.of(Dimension.MODEL, by),
                slice -> question.by().key(slice, names)))
        .forEach((key, models) -> rows.add(new Row(key, ProjectName.NONE, null, null, models)));
    return rows;
  }

  /// One row per session and project.
  public List<Row> sessions(Question question) {
    var sums = new HashMap<Place, Map<String, Totals>>();
    var spans = new HashMap<SessionId, Span>();
    for (SessionShare share : store.sessionShares(question.range(), question.where())) {
      sums.computeIfAbsent(new Place(share.project(), share.session()), _ -> new TreeMap<>())
          .merge(share.model(), share.totals(), Totals::plus);
      spans.computeIfAbsent(share.session(), _ -> new Span()).add(share);
    }
    List<Row> rows = new ArrayList<>(sums.size());
    sums.forEach(
        (place, models) -> {
          Span span = Objects.requireNonNull(spans.get(place.session()));
          rows.add(new Row(place.session().text(), place.project(), span.first, span.last, models));
        });
    return rows;
  }

  private <K> Map<K, Map<String, Totals>> byModel(
      Question question, Set<Dimension> by, Function<Slice, K> key) {
    Map<K, Map<String, Totals>> sums = new HashMap<>();
    for (Slice slice : store.sums(question.range(), question.where(), by)) {
      sums.computeIfAbsent(key.apply(slice), _ -> new TreeMap<>())
          .merge(slice.model(), slice.totals(), Totals::plus);
    }
    return sums;
  }

  private static Instant start(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}

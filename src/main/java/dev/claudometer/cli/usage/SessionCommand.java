package dev.claudometer.cli.usage;

import dev.claudometer.app.LocalData;
import dev.claudometer.app.process.Exit;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.ReportOptions;
import dev.claudometer.cli.text.SessionDetail;
import dev.claudometer.cli.text.UsageReport;
import dev.claudometer.cli.text.UsageRow;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.Entry;
import dev.claudometer.store.SessionSpan;
import dev.claudometer.store.Slice;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.usage.SessionRemainder;
import dev.claudometer.usage.Totals;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `session`: usage by session, or the responses of one.
@Command(
    name = "session",
    description = "Usage by session, the dearest first; with an id, the responses of one session.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SessionCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ReportOptions options = new ReportOptions();

  @Option(
      names = {"-i", "--id"},
      paramLabel = "ID",
      description = "The same as the argument.")
  private @Nullable String id;

  @Parameters(arity = "0..1", paramLabel = "ID", description = "A session's id or its beginning.")
  private @Nullable String argument;

  public SessionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    ZoneId zone = options.zone(surroundings);
    TimeRange range = options.range(zone, surroundings);
    options.output(surroundings);
    String wanted = argument == null ? id : argument;
    return LocalData.use(
        surroundings,
        options.home.homes,
        data -> wanted == null ? list(data, range) : detail(data, range, zone, wanted));
  }

  private int list(LocalData data, TimeRange range) {
    var spans = new HashMap<String, SessionSpan>();
    data.store().sessionSpans(range, Where.ANY).forEach(span -> spans.put(span.session(), span));
    List<UsageRow> rows = new ArrayList<>(rows(data, range, spans));
    rows.sort(order());
    Reports.print(
        surroundings,
        options,
        new UsageReport(
            "sessions",
            "sessionId",
            "Session",
            true,
            false,
            rows,
            options.mode,
            data.store().projectPaths()));
    return Exit.DONE;
  }

  private record Place(String project, String session) {}

  private static List<UsageRow> rows(
      LocalData data, TimeRange range, Map<String, SessionSpan> spans) {
    var sums = new HashMap<Place, Map<String, Totals>>();
    for (Slice slice : data.store().sums(range, EnumSet.allOf(Dimension.class))) {
      sums.computeIfAbsent(new Place(slice.project(), slice.session()), _ -> new TreeMap<>())
          .merge(slice.model(), slice.totals(), Totals::plus);
    }
    return sums.entrySet().stream()
        .map(
            sum -> {
              SessionSpan span = spans.get(sum.getKey().session());
              return new UsageRow(
                  sum.getKey().session(),
                  sum.getKey().project(),
                  span == null ? null : span.first(),
                  span == null ? null : span.last(),
                  sum.getValue());
            })
        .toList();
  }

  /// As ccusage: by cost, the dearest first. With `--order`: by last activity.
  private Comparator<UsageRow> order() {
    if (options.order == null) {
      return Comparator.comparing((UsageRow row) -> row.totals().cost(options.mode))
          .reversed()
          .thenComparing(UsageRow::label);
    }
    Comparator<UsageRow> byTime =
        Comparator.comparing(
            row -> row.lastActivity() == null ? Instant.EPOCH : row.lastActivity());
    return options.order == ReportOptions.Order.DESC ? byTime.reversed() : byTime;
  }

  private int detail(LocalData data, TimeRange range, ZoneId zone, String wanted) {
    String session = Sessions.find(data.store(), wanted);
    List<Entry> entries =
        data.store().entries(range).stream()
            .filter(entry -> entry.session().equals(session))
            .toList();
    var remainder =
        SessionRemainder.of(session, data.store().sessionTotals(), Sessions.byModel(data.store()));
    options
        .output(surroundings)
        .print(new SessionDetail(session, entries, remainder, options.mode, zone));
    return Exit.DONE;
  }
}

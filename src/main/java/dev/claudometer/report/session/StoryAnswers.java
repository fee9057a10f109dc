package dev.claudometer.report.session;

import dev.claudometer.model.SessionId;
import dev.claudometer.model.Usd;
import dev.claudometer.report.Money;
import dev.claudometer.report.Scope;
import dev.claudometer.report.session.MomentChoice.Only;
import dev.claudometer.report.session.MomentChoice.Order;
import dev.claudometer.report.session.SessionDetail.Happening;
import dev.claudometer.report.session.SessionStory.ModelCost;
import dev.claudometer.report.session.SessionStory.Moment;
import dev.claudometer.report.session.SessionStory.Stretch;
import dev.claudometer.report.session.SessionStory.ToolCost;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.Events;
import dev.claudometer.store.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tells a session of any length: all of its responses are looked at, few are told.
public final class StoryAnswers {

  static final int MOST_RESPONSES = 20_000;
  private static final int MOST_EXPENSIVE = 10;
  private static final int MOST_STRETCHES = 100;
  private static final Set<String> ERRORS = Set.of("api_error", "api_retry");

  private static final Comparator<Beat> IN_TIME =
      Comparator.comparing(Beat::at).thenComparingInt(Beat::place);
  private static final Comparator<Beat> BY_COST = Comparator.comparingLong(Beat::nanos).reversed();

  private final Events store;
  private final SessionAnswers sessions;
  private final ResponseAnswers responses;

  public StoryAnswers(Events store, SessionAnswers sessions, ResponseAnswers responses) {
    this.store = store;
    this.sessions = sessions;
    this.responses = responses;
  }

  /// A moment before it is told: a response with its number, or what else happened.
  private record Beat(
      Instant at, int number, @Nullable StoredEvent event, @Nullable Happening happening) {

    /// What leads to a response comes before it, what follows from it after.
    int place() {
      return happening == null ? 1 : happening.kind().equals("prompt") ? 0 : 2;
    }

    @Nullable Usd cost() {
      if (event == null || !event.counted()) {
        return null;
      }
      Usd reported = event.event().usage().reportedCost();
      return reported == null ? event.booked() : reported;
    }

    long nanos() {
      Usd cost = cost();
      return cost == null ? 0 : cost.nanos();
    }

    boolean is(Only only) {
      return switch (only) {
        case ALL -> true;
        case RESPONSES -> event != null;
        case SUBAGENTS -> event != null && !event.event().attribution().agent().isEmpty();
        case ERRORS -> happening != null && ERRORS.contains(happening.kind());
        case COMPACTIONS -> happening != null && happening.kind().equals("compaction");
      };
    }
  }

  /// Null where there is no session with this id.
  public @Nullable SessionStory story(SessionId id, MomentChoice choice, Scope scope) {
    SessionDetail detail = sessions.outline(id, scope);
    if (detail == null) {
      return null;
    }
    List<StoredEvent> events =
        store.events(new EventFilter.OfSession(id, 0, MOST_RESPONSES + 1)).stream()
            .filter(event -> scope.holds(event.device()))
            .toList();
    boolean whole = events.size() <= MOST_RESPONSES;
    List<Beat> beats = beats(whole ? events : events.subList(0, MOST_RESPONSES), detail);
    List<Beat> wanted = wanted(beats, choice);
    return new SessionStory(
        detail,
        tools(beats),
        told(
            beats.stream()
                .sorted(BY_COST)
                .filter(beat -> beat.nanos() > 0)
                .limit(MOST_EXPENSIVE)
                .toList()),
        stretches(beats),
        told(wanted.stream().skip(choice.skip()).limit(choice.limit()).toList()),
        wanted.size(),
        whole);
  }

  private static List<Beat> beats(List<StoredEvent> events, SessionDetail detail) {
    List<Beat> beats = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      beats.add(new Beat(events.get(i).event().at(), i + 1, events.get(i), null));
    }
    detail.happenings().forEach(each -> beats.add(new Beat(each.at(), 0, null, each)));
    beats.sort(IN_TIME);
    return beats;
  }

  private static List<Beat> wanted(List<Beat> beats, MomentChoice choice) {
    List<Beat> wanted = beats.stream().filter(beat -> beat.is(choice.only())).toList();
    return choice.order() == Order.TIME
        ? wanted
        : wanted.stream().filter(beat -> beat.nanos() > 0).sorted(BY_COST).toList();
  }

  private List<Moment> told(List<Beat> beats) {
    List<StoredEvent> events = new ArrayList<>();
    beats.forEach(
        beat -> {
          if (beat.event() != null) {
            events.add(beat.event());
          }
        });
    var responses = this.responses.told(events).iterator();
    return beats.stream()
        .map(
            beat ->
                new Moment(
                    beat.at(),
                    beat.number(),
                    beat.event() == null ? null : responses.next(),
                    beat.happening()))
        .toList();
  }

  /// The most expensive first.
  private static List<ToolCost> tools(List<Beat> beats) {
    Map<String, List<@Nullable Usd>> costs = new HashMap<>();
    for (Beat beat : beats) {
      StoredEvent event = beat.event();
      if (event != null && event.counted()) {
        event.event().tools().stream()
            .map(tool -> tool.name())
            .distinct()
            .forEach(tool -> costs.computeIfAbsent(tool, _ -> new ArrayList<>()).add(beat.cost()));
      }
    }
    return costs.entrySet().stream()
        .map(
            tool -> {
              Money cost = Money.ofAll(tool.getValue());
              return new ToolCost(
                  tool.getKey(), tool.getValue().size(), cost.known(), cost.unpriced());
            })
        .sorted(
            Comparator.comparing(
                    ToolCost::cost, Comparator.nullsFirst(Comparator.<Usd>naturalOrder()))
                .reversed()
                .thenComparing(ToolCost::tool))
        .toList();
  }

  private static List<Stretch> stretches(List<Beat> beats) {
    List<Beat> told = beats.stream().filter(beat -> beat.event() != null).toList();
    if (told.isEmpty()) {
      return List.of();
    }
    Instant begin = told.getFirst().at();
    long span = begin.until(told.getLast().at()).toMillis() + 1;
    int count = Math.clamp(span / 1_000, 1, MOST_STRETCHES);
    List<Stretch> stretches = new ArrayList<>();
    int at = (int) beats.stream().filter(beat -> beat.at().isBefore(begin)).count();
    for (int i = 0; i < count; i++) {
      Instant end = begin.plusMillis(span * (i + 1) / count);
      int next = at;
      while (next < beats.size() && beats.get(next).at().isBefore(end)) {
        next++;
      }
      stretches.add(stretch(begin.plusMillis(span * i / count), at, beats.subList(at, next)));
      at = next;
    }
    return stretches;
  }

  private static Stretch stretch(Instant from, int skip, List<Beat> beats) {
    Map<String, List<@Nullable Usd>> costs =
        beats.stream()
            .filter(beat -> beat.event() != null && beat.event().counted())
            .collect(
                Collectors.groupingBy(
                    StoryAnswers::model,
                    TreeMap::new,
                    Collectors.mapping(Beat::cost, Collectors.toCollection(ArrayList::new))));
    return new Stretch(
        from,
        skip,
        beats.stream().filter(beat -> beat.is(Only.COMPACTIONS)).count(),
        costs.entrySet().stream()
            .map(
                model -> {
                  Money cost = Money.ofAll(model.getValue());
                  return new ModelCost(model.getKey(), cost.known(), cost.unpriced());
                })
            .toList());
  }

  private static String model(Beat beat) {
    return beat.event() == null ? "" : beat.event().model();
  }
}

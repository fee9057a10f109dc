package dev.claudometer.report;

import dev.claudometer.model.ToldDay;
import dev.claudometer.model.ToldHome;
import dev.claudometer.store.ToldHistory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is known of the days before the first stored response, whose transcripts Claude Code has
/// deleted: its statistics tell of them.
///
/// Nothing counts twice: of each home only days count that are before the first day of which the
/// store has a response of that home. Where older transcripts turn up, fewer days are left.
public record EarlierDays(List<Home> homes) {

  public static final EarlierDays NONE = new EarlierDays(List.of());

  private static final int HOURS = 24;

  public EarlierDays {
    homes = List.copyOf(homes);
  }

  /// One home's.
  ///
  /// @param before the first day of which the store has a response; null where it has none
  /// @param days before that, ascending
  /// @param hours their sessions by the hour of day that they began in: 24 numbers
  public record Home(
      ToldHome told, @Nullable LocalDate before, List<ToldDay> days, List<Long> hours) {

    public Home {
      days = List.copyOf(days);
      hours = List.copyOf(hours);
    }
  }

  /// What is told of the days before those of the store, in a time zone.
  public static EarlierDays of(ToldHistory history, ZoneId zone) {
    List<ToldHome> told = history.homes();
    return told.isEmpty()
        ? NONE
        : new EarlierDays(
            told.stream()
                .map(home -> home(home, history.sessionStarts(home.projects()), zone))
                .toList());
  }

  private static Home home(ToldHome told, List<Instant> starts, ZoneId zone) {
    LocalDate before =
        starts.stream().map(at -> day(at, zone)).min(LocalDate::compareTo).orElse(null);
    return new Home(
        told,
        before,
        told.days().stream().filter(day -> before == null || day.date().isBefore(before)).toList(),
        hours(told, starts, zone));
  }

  /// The statistics cut days in UTC, reports in a zone: neither may hold the day.
  private static LocalDate day(Instant at, ZoneId zone) {
    LocalDate utc = at.atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate local = at.atZone(zone).toLocalDate();
    return local.isBefore(utc) ? local : utc;
  }

  /// The hours are told of all days at once: those of the stored sessions are taken out.
  private static List<Long> hours(ToldHome told, List<Instant> starts, ZoneId zone) {
    long[] stored = new long[HOURS];
    for (Instant start : starts) {
      if (!start.atZone(ZoneOffset.UTC).toLocalDate().isAfter(told.lastComputed())) {
        stored[start.atZone(zone).getHour()]++;
      }
    }
    List<Long> hours = new ArrayList<>();
    for (int hour = 0; hour < HOURS; hour++) {
      hours.add(Math.max(0, told.hours().get(hour) - stored[hour]));
    }
    return hours;
  }

  public Stream<ToldDay> days() {
    return homes.stream().flatMap(home -> home.days().stream());
  }

  public long sessions() {
    return days().mapToLong(ToldDay::sessions).sum();
  }

  public long toolCalls() {
    return days().mapToLong(ToldDay::toolCalls).sum();
  }

  /// The sessions of an hour of day.
  public long hour(int hour) {
    return homes.stream().mapToLong(home -> home.hours().get(hour)).sum();
  }

  /// The first of the days that are told, null where none is.
  public @Nullable LocalDate first() {
    return days().map(ToldDay::date).min(LocalDate::compareTo).orElse(null);
  }

  /// The first stored day, null where nothing is stored; of several homes the latest.
  public @Nullable LocalDate before() {
    return homes.stream()
        .filter(home -> !home.days().isEmpty())
        .flatMap(home -> Stream.ofNullable(home.before()))
        .max(LocalDate::compareTo)
        .orElse(null);
  }

  /// In words; null where nothing is told.
  public @Nullable String sentence() {
    long sessions = sessions();
    if (days().findAny().isEmpty()) {
      return null;
    }
    LocalDate before = before();
    return (before == null ? "Claude Code" : "Before " + before + " Claude Code")
        + " knows of "
        + sessions
        + (sessions == 1 ? " session whose transcript" : " sessions whose transcripts")
        + " it deleted; their tokens and costs are not in any sum";
  }
}

package dev.claudometer.model;

import java.time.LocalDate;
import java.util.List;

/// What Claude Code's own statistics tell of one home.
///
/// @param projects the home's directory of transcripts
/// @param file that tells it
/// @param lastComputed the last day that is in it
/// @param hours sessions of all its days by the local hour that they began in: 24 numbers
public record ToldHome(
    String projects, String file, LocalDate lastComputed, List<Long> hours, List<ToldDay> days) {

  public ToldHome {
    hours = List.copyOf(hours);
    days = List.copyOf(days);
  }

  /// How many sessions it tells of in all.
  public long sessions() {
    return hours.stream().mapToLong(Long::longValue).sum();
  }
}

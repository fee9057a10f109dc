package dev.claudometer.server.web.glance;

import dev.claudometer.server.web.frame.Picker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An overview beside its tables.
///
/// @param title what it is about
/// @param notes `Team Platform`, each with where it leads, or nowhere
/// @param cost its one figure
/// @param unpriced responses that are in no amount
/// @param forecast in words; empty where the period does not reach into the month's rest
/// @param gauges empty where plan windows say nothing of what it is about
/// @param windows how many there are
/// @param tops the tables that stand side by side
public record Glance(
    Subject subject,
    String title,
    List<Note> notes,
    Picker picker,
    String cost,
    long unpriced,
    Comparison comparison,
    String forecast,
    RunningChart chart,
    List<Stat> stats,
    TokenUse tokens,
    List<Gauge> gauges,
    int windows,
    List<Mover> movers,
    @Nullable StandingOut standingOut,
    List<Top> tops,
    String rateNote,
    String currency) {

  /// A figure of second rank.
  public record Stat(String name, String figure, String note, String link) {}

  public record Note(String text, String link) {}

  /// A table of the most expensive ones.
  ///
  /// @param at its place among the page's tables
  /// @param all leads to all of them
  public record Top(int at, String all) {}
}

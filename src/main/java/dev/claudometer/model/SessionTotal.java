package dev.claudometer.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Claude Code's own running total of a session (`cost-state`): the last one tells, and it is never
/// added to events.
///
/// @param startedAt a fork inherits it, with the totals, from its parent
/// @param elapsed how long the session had run; a fork inherits that too
/// @param origin the later line of the session's file is the later total
/// @param costKnown false where the client could not price a model
public record SessionTotal(
    SessionId session,
    ProjectName project,
    Instant startedAt,
    Duration elapsed,
    Origin.Line origin,
    Usd cost,
    boolean costKnown,
    long linesAdded,
    long linesRemoved,
    List<ModelTotal> models)
    implements Observation {

  public SessionTotal {
    models = List.copyOf(models);
  }

  /// At whose prices the whole was computed; unknown where the models' shares differ.
  public CostBasis basis() {
    return models.stream().map(ModelTotal::basis).reduce(CostBasis::and).orElse(CostBasis.UNKNOWN);
  }

  /// A model's share. Cache writes without a split stand in the five-minute class.
  public record ModelTotal(
      String model, TokenCounts tokens, long webSearches, Usd cost, CostBasis basis) {}
}

package dev.claudometer.model;

import java.time.Instant;

/// What a response was spent on, as one copy of it says.
///
/// @param session the session that asked, also where a fork copied the line
/// @param project name of the directory below `projects/`
/// @param branch Git branch, empty where unknown
/// @param agent subagent id, empty for the main conversation
/// @param sidechain true for lines of a subagent or a helper agent
/// @param forked true where the line is a copy that a fork made
/// @param at the line's own instant: of two copies the earlier one attributes
/// @param origin where the line stands
/// @param work what it was work of
public record Attribution(
    SessionId session,
    ProjectName project,
    String branch,
    String agent,
    boolean sidechain,
    boolean forked,
    Instant at,
    Origin origin,
    Work work) {

  /// Where nobody tells what it was work of.
  public Attribution(
      SessionId session,
      ProjectName project,
      String branch,
      String agent,
      boolean sidechain,
      boolean forked,
      Instant at,
      Origin origin) {
    this(session, project, branch, agent, sidechain, forked, at, origin, Work.UNTOLD);
  }
}

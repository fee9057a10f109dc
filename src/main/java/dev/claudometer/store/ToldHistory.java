package dev.claudometer.store;

import dev.claudometer.model.ToldHome;
import java.time.Instant;
import java.util.List;

/// What Claude Code's own statistics have told of this machine's homes.
public interface ToldHistory {

  /// Keeps what a home tells, of each day the copy that knows most.
  void put(ToldHome told);

  /// The homes, by their directory.
  List<ToldHome> homes();

  /// When each stored session of a home had its first response.
  ///
  /// @param projects the home's directory of transcripts
  List<Instant> sessionStarts(String projects);
}

package dev.claudometer.cli.usage;

import dev.claudometer.app.LocalData;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.model.SessionId;
import dev.claudometer.report.KnownMachines;
import dev.claudometer.report.session.ResponseAnswers;
import dev.claudometer.report.session.SessionAnswers;
import java.util.List;
import java.util.stream.Collectors;

/// Looks up sessions and responses.
final class SessionLookup {

  private static final int SHOWN = 5;

  private SessionLookup() {}

  /// What is told of the sessions of this machine.
  static SessionAnswers answers(LocalData data) {
    return new SessionAnswers(
        data.store(), responses(data), KnownMachines.ofThisMachine(data.store()));
  }

  /// What is told of the responses of this machine.
  static ResponseAnswers responses(LocalData data) {
    return new ResponseAnswers(
        data.store(), () -> data.prices().book(), KnownMachines.ofThisMachine(data.store()));
  }

  /// The session whose id is, or alone begins with, what was asked for.
  ///
  /// @throws WrongUsage where there is none, or more than one
  static SessionId find(SessionAnswers answers, String wanted) {
    List<SessionId> matches = answers.beginningWith(wanted);
    var exact = new SessionId(wanted);
    if (matches.contains(exact)) {
      return exact;
    }
    if (matches.size() == 1) {
      return matches.getFirst();
    }
    throw new WrongUsage(
        matches.isEmpty()
            ? "no session '" + wanted + "': 'claudometer session' lists them"
            : "'"
                + wanted
                + "' begins several sessions: "
                + matches.stream()
                    .limit(SHOWN)
                    .map(SessionId::text)
                    .collect(Collectors.joining(", ")));
  }
}

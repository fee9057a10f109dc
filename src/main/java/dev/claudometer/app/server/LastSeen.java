package dev.claudometer.app.server;

import static java.lang.System.Logger.Level.WARNING;

import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.model.Cause;
import dev.claudometer.store.sql.engine.Rollbacks.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How far the database had come when this server last looked, in a file beside its state: a
/// database that was put back while the server was away is noticed by it.
final class LastSeen {

  private static final System.Logger LOG = System.getLogger("claudometer.store");
  private static final Point NOTHING = new Point("", 0, 0);

  private final StateDirectory state;
  private Point written = NOTHING;
  private boolean complained;

  LastSeen(StateDirectory state) {
    this.state = state;
  }

  Path file() {
    return state.path().resolve("database.seen");
  }

  /// What is written there; nothing where that is of no use.
  Point read() {
    try {
      String[] words = Files.readString(file()).strip().split(" ", -1);
      return words.length == 3
          ? new Point(words[0], Long.parseLong(words[1]), Long.parseLong(words[2]))
          : NOTHING;
    } catch (IOException | NumberFormatException none) {
      return NOTHING;
    }
  }

  void write(Point point) {
    if (point.equals(written)) {
      return;
    }
    try {
      state.create();
      Files.writeString(
          file(), point.store() + " " + point.revision() + " " + point.generation() + "\n");
      written = point;
    } catch (IOException | Failed failure) {
      complain(failure);
    }
  }

  /// Once: agents notice it all the same.
  private void complain(Exception failure) {
    if (!complained) {
      LOG.log(WARNING, "cannot remember how far the database is: " + Cause.of(failure));
      complained = true;
    }
  }
}

package dev.claudometer.app.server;

import static java.lang.System.Logger.Level.WARNING;

import dev.claudometer.model.Cause;
import dev.claudometer.store.sql.engine.Rollbacks.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How far the database had come when this server last looked, in a file beside it: a database that
/// was put back while the server was away is noticed by it.
record LastSeen(Path file) {

  private static final System.Logger LOG = System.getLogger("claudometer.store");
  private static final Point NOTHING = new Point("", 0, 0);

  /// What is written there; nothing where that is of no use.
  Point read() {
    try {
      String[] words = Files.readString(file).strip().split(" ", -1);
      return words.length == 3
          ? new Point(words[0], Long.parseLong(words[1]), Long.parseLong(words[2]))
          : NOTHING;
    } catch (IOException | NumberFormatException none) {
      return NOTHING;
    }
  }

  void write(Point point) {
    if (!point.equals(read())) {
      try {
        Files.writeString(
            file, point.store() + " " + point.revision() + " " + point.generation() + "\n");
      } catch (IOException failure) {
        LOG.log(WARNING, "cannot remember how far the database is: " + Cause.of(failure));
      }
    }
  }
}

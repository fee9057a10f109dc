package dev.claudometer.server.api;

import java.io.IOException;
import java.nio.file.Path;

/// Makes copies of the whole database.
public interface Backups {

  /// Copies it, as it is at one moment, into a new file that nobody else can read. Whoever asked
  /// deletes the file.
  Path make() throws IOException;
}

package dev.claudometer.agent;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// The system's clock as some processes see it (Debian's package `faketime`): it is set while they
/// run. The clock that measures how long things take goes on, as it does on a real machine.
final class FakeTime {

  private final Path library;
  private final Path file;

  private FakeTime(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /// A clock that is right for now; the test is skipped where there can be none, and says so.
  static FakeTime in(Path directory) throws IOException {
    Path library = Path.of("none");
    Path libraries = Path.of("/usr/lib");
    if (Files.isDirectory(libraries)) {
      try (DirectoryStream<Path> places = Files.newDirectoryStream(libraries)) {
        for (Path place : places) {
          Path found = place.resolve("faketime/libfaketimeMT.so.1");
          library = Files.exists(found) ? found : library;
        }
      }
    }
    assumeTrue(Files.exists(library), "the clock cannot be set: apt-get install faketime");
    var time = new FakeTime(library, directory.resolve("clock"));
    time.set(Duration.ZERO);
    return time;
  }

  /// What processes need that see this clock, in a zone with summer time.
  Map<String, String> environment() {
    // without the last of them each wait of the JVM for some time would end at once
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        "NO_FAKE_STAT", "1",
        "TZ", "Europe/Berlin",
        "DONT_FAKE_MONOTONIC", "1",
        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  /// The clock is so far from the right time from now on, to the second.
  void set(Duration ahead) throws IOException {
    Path next = file.resolveSibling("clock.next");
    Files.writeString(next, (ahead.isNegative() ? "" : "+") + ahead.toSeconds() + "\n");
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /// The clock shows this now, and goes on from there.
  void set(Instant shown) throws IOException {
    set(Duration.between(Instant.now(), shown));
  }
}

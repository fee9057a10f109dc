package dev.claudometer.app.answer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The zone that a new process would find itself in: the asker's `TZ`, else the system's, which may
/// have changed since this process began.
final class AskerZone {

  private static final List<Path> SYSTEM =
      List.of(Path.of("/etc/localtime"), Path.of("/etc/timezone"));

  /// Of others, such as `EST`, the JVM itself complains on stderr.
  private static final Set<String> KNOWN =
      Stream.of(TimeZone.getAvailableIDs())
          .filter(id -> id.contains("/") || id.equals("UTC"))
          .collect(Collectors.toSet());

  private final String own;
  private String seen = "";

  /// @param own the `TZ` of this process
  AskerZone(String own) {
    this.own = own;
  }

  /// The zone of an asker; null where this process cannot tell.
  ///
  /// @param asker the asker's `TZ`, empty where it is not set
  synchronized @Nullable ZoneId of(String asker) {
    if (asker.equals(own)) {
      lookAgain();
      return ZoneId.systemDefault();
    }
    return KNOWN.contains(asker) ? TimeZone.getTimeZone(asker).toZoneId() : null;
  }

  private void lookAgain() {
    String now = String.join(" ", SYSTEM.stream().map(AskerZone::state).toList());
    if (!now.equals(seen)) {
      seen = now;
      TimeZone.setDefault(null);
    }
  }

  private static String state(Path file) {
    try {
      return (Files.isSymbolicLink(file) ? Files.readSymbolicLink(file) : file)
          + "@"
          + Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException none) {
      return "";
    }
  }
}

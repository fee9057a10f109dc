package dev.claudometer.agent.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.model.LimitReading;
import dev.claudometer.model.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Readings of plan limits that the status line's script has left: `seconds window percent resetsAt
/// session` on a line each, 0 where it is not known when the window resets.
///
/// A reading that is lost here comes again with the next status line.
public record LimitSpool(Path file) {

  private static final Pattern LINE =
      Pattern.compile(
          "(\\d{1,12}) ([a-z0-9_]{1,60}) (\\d{1,9}(?:\\.\\d{1,30})?) (\\d{1,12})(?:"
              + " ([A-Za-z0-9._-]{1,100}))?");

  private static final long LARGEST_BYTES = 1 << 20;

  /// Takes what has been left since the last time.
  public List<LimitReading> take() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    Path taken = file.resolveSibling(file.getFileName() + ".taken");
    Files.move(file, taken, StandardCopyOption.REPLACE_EXISTING);
    List<LimitReading> readings = new ArrayList<>();
    if (Files.size(taken) <= LARGEST_BYTES) {
      for (String line : Files.readString(taken, UTF_8).split("\n", -1)) {
        Matcher parts = LINE.matcher(line);
        if (parts.matches()) {
          readings.add(reading(parts));
        }
      }
    }
    Files.delete(taken);
    return readings;
  }

  private static LimitReading reading(Matcher parts) {
    long resetsAt = Long.parseLong(parts.group(4));
    String session = parts.group(5);
    return new LimitReading(
        parts.group(2),
        Double.parseDouble(parts.group(3)) / 100,
        resetsAt > 0 ? Instant.ofEpochSecond(resetsAt) : null,
        Instant.ofEpochSecond(Long.parseLong(parts.group(1))),
        LimitReading.STATUS_LINE,
        session == null ? SessionId.NONE : new SessionId(session));
  }
}

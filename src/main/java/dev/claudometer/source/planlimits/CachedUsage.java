package dev.claudometer.source.planlimits;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.Answer.Reason;
import dev.claudometer.json.BadJson;
import dev.claudometer.json.JsonValue;
import dev.claudometer.model.QuotaReadings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// What Claude Code itself remembers of its last look at the plan's usage, in `.claude.json`. Of
/// that file nothing else is read. It may be days old: the reading says when it was.
///
/// @param file `~/.claude.json`, or beside `projects` where `CLAUDE_CONFIG_DIR` is set
public record CachedUsage(Path file) {

  private static final String FIELD = "cachedUsageUtilization";
  private static final QuotaReadings NOTHING = new QuotaReadings(List.of(), List.of());

  /// Nothing where there is no file, or it remembers nothing.
  public Answer<QuotaReadings> ask(Instant now) {
    if (!Files.isRegularFile(file)) {
      return new Given<>(NOTHING);
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      JsonValue cached = JsonValue.field(in, FIELD);
      if (cached.absent() || cached.at("utilization").absent()) {
        return new Given<>(NOTHING);
      }
      Instant at = Instant.ofEpochMilli(cached.at("fetchedAtMs").count());
      if (at.isAfter(now)) {
        throw cached.at("fetchedAtMs").wrong("in the past");
      }
      return new Given<>(new UsageBody(at, "cache").read(cached.at("utilization")));
    } catch (IOException unreadable) {
      return failed("cannot be read");
    } catch (BadJson bad) {
      return failed("holds something unexpected: " + bad.getMessage());
    }
  }

  private Failed<QuotaReadings> failed(String what) {
    return new Failed<>(Reason.UNREADABLE, file + " " + what, null);
  }
}

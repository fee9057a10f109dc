package dev.claudometer.agent.service;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// What a running agent tells of itself, in a file that others read.
///
/// @param syncedAt when the store was last in step with the transcripts, null before the first time
/// @param files transcripts that there are
/// @param deliveredAt when the server last took a delivery, null before the first time
/// @param waiting elements that the server does not have
/// @param failures in a row
/// @param problem what stands in the way of deliveries, empty where nothing does
/// @param unstored why transcripts cannot be stored, empty where they are
public record AgentStatus(
    String version,
    Instant startedAt,
    @Nullable Instant syncedAt,
    int files,
    @Nullable Instant deliveredAt,
    long waiting,
    int failures,
    String problem,
    String unstored) {

  public static AgentStatus started(String version, Instant at) {
    return new AgentStatus(version, at, null, 0, null, 0, 0, "", "");
  }

  public AgentStatus synced(Instant at, int now) {
    return new AgentStatus(
        version, startedAt, at, now, deliveredAt, waiting, failures, problem, "");
  }

  public AgentStatus notSynced(String why) {
    return new AgentStatus(
        version, startedAt, syncedAt, files, deliveredAt, waiting, failures, problem, why);
  }

  public AgentStatus delivered(Instant at, long left) {
    return new AgentStatus(version, startedAt, syncedAt, files, at, left, 0, "", unstored);
  }

  public AgentStatus failed(String why, int inARow, long left) {
    return new AgentStatus(
        version, startedAt, syncedAt, files, deliveredAt, left, inARow, why, unstored);
  }

  public void write(OwnFile file) throws IOException {
    file.publish(
        "version="
            + version
            + "\nstarted="
            + startedAt
            + "\nsynced="
            + (syncedAt == null ? "" : syncedAt)
            + "\nfiles="
            + files
            + "\ndelivered="
            + (deliveredAt == null ? "" : deliveredAt)
            + "\nwaiting="
            + waiting
            + "\nfailures="
            + failures
            + "\nproblem="
            + line(problem)
            + "\nunstored="
            + line(unstored)
            + "\n");
  }

  private static String line(String text) {
    return text.replace("\\", "\\\\").replaceAll("\\s+", " ");
  }

  /// Reads what an agent has written; null where there is nothing of use.
  public static @Nullable AgentStatus read(OwnFile file) {
    var in = new Properties();
    try {
      in.load(new StringReader(Files.readString(file.path())));
      return new AgentStatus(
          in.getProperty("version", ""),
          Instant.parse(in.getProperty("started", "")),
          instant(in.getProperty("synced", "")),
          Integer.parseInt(in.getProperty("files", "")),
          instant(in.getProperty("delivered", "")),
          Long.parseLong(in.getProperty("waiting", "")),
          Integer.parseInt(in.getProperty("failures", "")),
          in.getProperty("problem", ""),
          in.getProperty("unstored", ""));
    } catch (IOException | IllegalArgumentException | DateTimeException nothing) {
      return null;
    }
  }

  private static @Nullable Instant instant(String text) {
    return text.isEmpty() ? null : Instant.parse(text);
  }
}

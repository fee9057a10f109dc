package dev.claudometer.source.claudecode;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.source.claudecode.scan.LineReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether a session that runs is a fork. Its transcript begins with what the other session was
/// answered, under that session's name; and Claude Code counts its cost on from the other's.
public final class ForkSign {

  private static final String ANSWER = "\"type\":\"assistant\"";
  private static final Pattern ASKED_BY = Pattern.compile("\"requestSessionId\":\"([^\"\\\\]+)\"");

  /// The first answer comes after a prompt and what belongs to it.
  private static final int LINES = 400;

  private ForkSign() {}

  /// False also where there is no such file, or it cannot be read.
  public static boolean on(String transcript, String session) {
    if (transcript.isEmpty() || session.isEmpty()) {
      return false;
    }
    try (FileChannel file = FileChannel.open(Path.of(transcript))) {
      return on(new LineReader(file), session);
    } catch (IOException | InvalidPathException unreadable) {
      return false;
    }
  }

  private static boolean on(LineReader lines, String session) throws IOException {
    for (int line = 0; line < LINES && lines.next(); line++) {
      String text = new String(lines.bytes, lines.from, lines.to - lines.from, UTF_8);
      if (text.contains(ANSWER)) {
        Matcher asked = ASKED_BY.matcher(text);
        return asked.find() && !asked.group(1).equals(session);
      }
    }
    return false;
  }
}

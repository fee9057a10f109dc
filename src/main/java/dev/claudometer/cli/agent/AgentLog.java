package dev.claudometer.cli.agent;

import dev.claudometer.app.agent.AgentFiles;
import dev.claudometer.app.config.LauncherVariables;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.model.Cause;
import dev.claudometer.text.Foreign;
import java.io.IOException;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/// An agent's log: one line for each entry, in two files of bounded size. `2026-11-21T08:00:00Z
/// warn forward not sent: …`.
final class AgentLog {

  static final String WARNING = "warn";
  static final String ERROR = "error";

  private static final int LARGEST_BYTES = 2_000_000;
  private static final int FILES = 2;

  private AgentLog() {}

  /// From now on everything is logged to the files, and to stderr where somebody may read it.
  static void open(AgentFiles files, Surroundings surroundings) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    Logger.getLogger("claudometer").setLevel(Level.INFO);
    try {
      root.addHandler(with(new FileHandler(files.logPattern(), LARGEST_BYTES, FILES, true)));
    } catch (IOException failure) {
      throw new Failed("cannot write the log " + files.log(), failure);
    }
    if (LauncherVariables.QUIET.in(surroundings).isEmpty()) {
      root.addHandler(to(surroundings.err()));
    }
  }

  private static Handler to(PrintStream stream) {
    return with(
        new StreamHandler(stream, new Line()) {
          @Override
          public synchronized void publish(LogRecord entry) {
            super.publish(entry);
            flush();
          }
        });
  }

  private static Handler with(Handler handler) {
    handler.setFormatter(new Line());
    return handler;
  }

  /// An entry as one line, whatever is in it.
  private static final class Line extends Formatter {

    @Override
    public String format(LogRecord entry) {
      Throwable cause = entry.getThrown();
      String thrown = cause == null ? "" : " (" + Cause.of(cause) + ")";
      String text = Foreign.line(formatMessage(entry) + thrown);
      return entry.getInstant().truncatedTo(ChronoUnit.SECONDS)
          + " "
          + level(entry.getLevel())
          + " "
          + entry.getLoggerName().replaceFirst("^claudometer\\.", "")
          + " "
          + text
          + "\n";
    }

    private static String level(Level level) {
      if (level.intValue() >= Level.SEVERE.intValue()) {
        return ERROR;
      }
      return level.intValue() >= Level.WARNING.intValue() ? WARNING : "info";
    }
  }
}

package dev.claudometer.app.process;

import dev.claudometer.model.Cause;
import dev.claudometer.text.Foreign;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// The log of an exporter: one line for each entry, whatever is in it. `2026-11-21T08:00:00Z
/// WARNING org adminapi/cost: …`.
public final class LineLog extends Handler {

  private final PrintStream stream;
  private final SimpleFormatter formatter = new SimpleFormatter();

  private LineLog(PrintStream stream) {
    this.stream = stream;
  }

  /// From now on everything is logged here, until it is closed.
  public static AutoCloseable open(PrintStream stream, Level level) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    Logger.getLogger("claudometer").setLevel(level);
    var log = new LineLog(stream);
    root.addHandler(log);
    return () -> root.removeHandler(log);
  }

  @Override
  public void publish(LogRecord entry) {
    Throwable cause = entry.getThrown();
    String thrown = cause == null ? "" : " (" + Cause.of(cause) + ")";
    String text = Foreign.line(formatter.formatMessage(entry) + thrown);
    stream.println(
        entry.getInstant().truncatedTo(ChronoUnit.SECONDS)
            + " "
            + word(entry.getLevel())
            + " "
            + String.valueOf(entry.getLoggerName()).replaceFirst("^claudometer\\.", "")
            + " "
            + text);
  }

  /// As `LOGGING_LEVEL` spells it.
  private static String word(Level level) {
    return switch (level.getName()) {
      case "SEVERE" -> "ERROR";
      case "FINE", "FINER", "FINEST" -> "DEBUG";
      default -> level.getName();
    };
  }

  @Override
  public void flush() {
    stream.flush();
  }

  @Override
  public void close() {
    flush();
  }
}

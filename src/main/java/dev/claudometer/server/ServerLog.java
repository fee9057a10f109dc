package dev.claudometer.server;

import dev.claudometer.server.api.LogPage;
import dev.claudometer.text.Foreign;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;

/// What the server says of itself: the last lines in memory, and each line to whoever prints it.
public final class ServerLog extends Handler implements LogPage.Source {

  private static final int MOST_LINES = 2_000;
  private static final int LONGEST_LINE = 8_000;

  private final Consumer<LogPage.Line> printer;
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final Deque<LogPage.Line> lines = new ArrayDeque<>();
  private long number;

  /// @param printer is given each line once
  public ServerLog(Consumer<LogPage.Line> printer) {
    this.printer = printer;
  }

  @Override
  public void publish(LogRecord entry) {
    if (!isLoggable(entry)) {
      return;
    }
    LogPage.Line line = keep(entry);
    printer.accept(line);
  }

  private synchronized LogPage.Line keep(LogRecord entry) {
    var line =
        new LogPage.Line(
            ++number,
            entry.getInstant(),
            level(entry.getLevel()),
            category(entry.getLoggerName()),
            text(entry));
    lines.addLast(line);
    if (lines.size() > MOST_LINES) {
      lines.removeFirst();
    }
    notifyAll();
    return line;
  }

  private static String level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "error";
    }
    if (value >= Level.WARNING.intValue()) {
      return "warn";
    }
    return value >= Level.INFO.intValue() ? "info" : "debug";
  }

  /// `claudometer.http` is `http`; what libraries say is `library`.
  private static String category(String logger) {
    return logger != null && logger.startsWith("claudometer.")
        ? logger.substring("claudometer.".length())
        : "library";
  }

  private String text(LogRecord entry) {
    String clean = Foreign.line(formatter.formatMessage(entry));
    if (entry.getThrown() != null) {
      var trace = new StringWriter();
      entry.getThrown().printStackTrace(new PrintWriter(trace, true));
      // further lines of an entry are indented: nobody can write one that looks like an entry
      clean +=
          trace
              .toString()
              .lines()
              .map(line -> "\n\t" + Foreign.line(line))
              .collect(Collectors.joining());
    }
    return clean.length() > LONGEST_LINE ? clean.substring(0, LONGEST_LINE) + "…" : clean;
  }

  /// The lines after a number, oldest first.
  @Override
  public synchronized List<LogPage.Line> after(long after) {
    return lines.stream().filter(line -> line.number() > after).toList();
  }

  @Override
  public synchronized void await(long after, Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (number <= after) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  @Override
  public synchronized void clear() {
    lines.clear();
  }

  @Override
  public void flush() {
    // every line goes out at once
  }

  @Override
  public void close() {
    // nothing is held
  }
}

package dev.claudometer.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/// An answer of server-sent events. No thread waits for it, neither while nothing is said nor while
/// the other side is slow.
final class EventLine implements Line, WriteListener {

  /// Who has so many yet to take is not listening.
  private static final int MOST_WAITING = 20;

  private final ServletOutputStream out;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final Queue<String> waiting = new ArrayDeque<>();
  private boolean begun;
  private boolean unsent;

  private EventLine(ServletOutputStream out) {
    this.out = out;
  }

  static EventLine open(Context context) {
    context.contentType("text/event-stream");
    context.header("X-Accel-Buffering", "no");
    AsyncContext exchange = context.req().startAsync(context.req(), context.res());
    exchange.setTimeout(0);
    try {
      var line = new EventLine(context.res().getOutputStream());
      context.future(() -> line.over);
      line.out.setWriteListener(line);
      return line;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public synchronized boolean say(String text) {
    waiting.add(text);
    if (begun) {
      write();
    }
    return !over.isDone() && waiting.size() < MOST_WAITING;
  }

  @Override
  public synchronized void onWritePossible() {
    begun = true;
    write();
  }

  /// Writes for as long as that does not block; when it is possible again, the container says so.
  private void write() {
    try {
      while (!over.isDone() && out.isReady() && (unsent || !waiting.isEmpty())) {
        String next = waiting.poll();
        if (next == null) {
          out.flush();
        } else {
          out.write(next.getBytes(UTF_8));
        }
        unsent = next != null;
      }
    } catch (IOException gone) {
      end();
    }
  }

  @Override
  public void onError(Throwable gone) {
    end();
  }

  @Override
  public void end() {
    over.complete(null);
  }

  boolean ended() {
    return over.isDone();
  }
}

package dev.claudometer.app.answer;

import static java.lang.System.Logger.Level.WARNING;

import dev.claudometer.model.Cause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Lets callers in, and answers them: a thread for all connections, and two that run commands. What
/// is more than can wait is sent away at once, and runs its command itself.
final class Door implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.answer");

  private static final int MOST_CALLERS = 64;
  private static final int RUNNING = 2;
  private static final int WAITING = 32;
  private static final long TICK_MILLIS = 1_000;
  private static final long REST_SECONDS = 30;

  /// After so long nobody is expected soon.
  private static final long QUIET_NANOS = 10_000_000_000L;

  private final Selector selector;
  private final String token;
  private final Function<Asked, byte[]> answers;
  private final List<ServerSocketChannel> listening = new ArrayList<>();
  private final Queue<Made> made = new ConcurrentLinkedQueue<>();
  private final ThreadPoolExecutor workers;
  private final Runnable quiet;
  private final Thread thread;
  private long answered;
  private boolean restless;
  private volatile boolean closed;

  private record Made(SelectionKey key, ByteBuffer answer) {}

  private Door(Selector selector, String token, Function<Asked, byte[]> answers, Runnable quiet) {
    this.quiet = quiet;
    this.selector = selector;
    this.token = token;
    this.answers = answers;
    workers =
        new ThreadPoolExecutor(
            RUNNING,
            RUNNING,
            REST_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            task -> Thread.ofPlatform().daemon().name("answer").unstarted(task));
    workers.allowCoreThreadTimeOut(true);
    thread = Thread.ofPlatform().daemon().name("door").unstarted(this::run);
  }

  /// Opens a door that whoever knows the token may ask at.
  ///
  /// @param answers makes the bytes of an answer; never fails
  /// @param quiet is run when nobody has asked for a while
  static Door open(String token, Function<Asked, byte[]> answers, Runnable quiet)
      throws IOException {
    return new Door(Selector.open(), token, answers, quiet);
  }

  void listen(UnixDomainSocketAddress address) throws IOException {
    var _ = bound(ServerSocketChannel.open(StandardProtocolFamily.UNIX), address);
  }

  /// Listens to a port of this machine, which is returned.
  int listen() throws IOException {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ServerSocketChannel channel = bound(ServerSocketChannel.open(), loopback);
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  private ServerSocketChannel bound(ServerSocketChannel channel, SocketAddress address)
      throws IOException {
    listening.add(channel);
    channel.bind(address, MOST_CALLERS);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_ACCEPT);
    return channel;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      long ticked = System.nanoTime();
      while (!closed) {
        boolean alone = selector.keys().size() == listening.size();
        selector.select(this::ready, alone && !restless ? 0 : TICK_MILLIS);
        deliver();
        rest(alone);
        if (System.nanoTime() - ticked > TICK_MILLIS * 1_000_000) {
          callers().forEach(Door::tick);
          ticked = System.nanoTime();
        }
      }
    } catch (IOException failure) {
      LOG.log(WARNING, "no longer answers the command line: " + Cause.of(failure));
    } finally {
      callers().forEach(Caller::close);
    }
  }

  private void rest(boolean alone) {
    if (alone && restless && System.nanoTime() - answered > QUIET_NANOS) {
      restless = false;
      workers.execute(quiet);
    }
  }

  private List<Caller> callers() {
    List<Caller> callers = new ArrayList<>();
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof Caller caller) {
        callers.add(caller);
      }
    }
    return callers;
  }

  private void ready(SelectionKey key) {
    if (!(key.attachment() instanceof Caller caller)) {
      accept((ServerSocketChannel) key.channel());
      return;
    }
    try {
      if (key.isWritable()) {
        caller.write(key);
      } else {
        Asked asked = caller.read();
        if (asked != null) {
          caller.answering(key);
          workers.execute(() -> answer(asked, key));
        }
      }
    } catch (IOException | CancelledKeyException | RejectedExecutionException gone) {
      caller.close();
    }
  }

  private void accept(ServerSocketChannel from) {
    try {
      SocketChannel channel = from.accept();
      if (channel == null) {
        return;
      }
      var caller = new Caller(channel, token);
      if (selector.keys().size() >= MOST_CALLERS) {
        caller.close();
      } else {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, caller);
      }
    } catch (IOException gone) {
      // whoever it was comes again, or runs its command itself
    }
  }

  private void answer(Asked asked, SelectionKey key) {
    made.add(new Made(key, ByteBuffer.wrap(answers.apply(asked))));
    selector.wakeup();
  }

  private void deliver() {
    for (Made next = made.poll(); next != null; next = made.poll()) {
      restless = true;
      answered = System.nanoTime();
      var caller = (Caller) next.key().attachment();
      try {
        caller.answer(next.answer(), next.key());
      } catch (IOException | CancelledKeyException gone) {
        caller.close();
      }
    }
  }

  private static void tick(Caller caller) {
    try {
      caller.tick();
    } catch (IOException slow) {
      caller.close();
    }
  }

  /// Nobody is let in any more; what is being answered is not waited for.
  @Override
  public void close() throws IOException {
    for (ServerSocketChannel channel : listening) {
      channel.close();
    }
    workers.shutdownNow();
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    selector.close();
  }
}

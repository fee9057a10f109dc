package dev.claudometer.agent;

import dev.claudometer.agent.forward.Destination;
import dev.claudometer.agent.forward.Forwarder;
import dev.claudometer.agent.forward.Forwarding;
import dev.claudometer.agent.forward.HttpLink;
import dev.claudometer.agent.forward.Parcel;
import dev.claudometer.agent.forward.ServerLink;
import dev.claudometer.model.DeviceId;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import dev.claudometer.store.Outbox;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// An agent in a process of its own that ends in the middle of what it does, as `kill -9` would end
/// it: nothing is closed, nothing is flushed.
final class CrashingAgent {

  private CrashingAgent() {}

  /// Where it ends.
  enum Step {
    READ,
    COMMITTED_LOCALLY,
    SENT,
    ANSWERED,
    ACKNOWLEDGED,
    NEVER
  }

  /// @param arguments projects directory, store, server, key, step, which time
  public static void main(String... arguments) throws InterruptedException {
    Step step = Step.valueOf(arguments[4]);
    var left = new AtomicInteger(Integer.parseInt(arguments[5]));
    UsageStore real = SqliteStore.open(Path.of(arguments[1]), PriceBook::builtIn);
    Outbox outbox =
        ending(Outbox.class, real.outbox(), "acknowledge", null, Step.ACKNOWLEDGED, step, left);
    UsageStore store =
        ending(UsageStore.class, real, "append", Step.READ, Step.COMMITTED_LOCALLY, step, left);
    var link = new HttpLink(URI.create(arguments[2]), arguments[3], InstantSource.system());
    var destination = new Destination(outbox, new DeviceId("d_1"));
    var forwarding =
        new Forwarding(
            new Forwarder(outbox, ending(link, step, left), destination, "test/1"),
            destination,
            Duration.ofMillis(300),
            true,
            _ -> {},
            new Random(1));
    var _ =
        new ContinuousSync(
            new LocalSync(store, DeviceId.THIS, 1, (_, _) -> forwarding.changed()),
            () -> List.of(new ClaudeHome(Path.of(arguments[0]))),
            (_, _) -> forwarding.changed());
    System.out.println("started");
    Thread.currentThread().join();
  }

  /// A link that loses its process while the request is under way, or with the answer in its hands.
  private static ServerLink ending(HttpLink link, Step step, AtomicInteger left) {
    return parcel -> {
      if (step == Step.SENT && left.decrementAndGet() == 0) {
        Thread.ofPlatform().start(() -> deliver(link, parcel));
        Thread.sleep(new Random().nextInt(30));
        Runtime.getRuntime().halt(137);
      }
      ServerLink.Answer answer = link.deliver(parcel);
      if (step == Step.ANSWERED) {
        end(left);
      }
      return answer;
    };
  }

  private static void deliver(HttpLink link, Parcel parcel) {
    try {
      var _ = link.deliver(parcel);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static void end(AtomicInteger left) {
    if (left.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(137);
    }
  }

  /// The real thing, with an end before or after one of the calls of a method.
  private static <T> T ending(
      Class<T> type,
      T real,
      String name,
      @Nullable Step before,
      Step after,
      Step step,
      AtomicInteger left) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              boolean named = method.getName().equals(name);
              if (named && step == before) {
                end(left);
              }
              try {
                Object result = method.invoke(real, arguments);
                if (named && step == after) {
                  end(left);
                }
                return result;
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            }));
  }
}

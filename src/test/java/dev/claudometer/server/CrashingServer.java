package dev.claudometer.server;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.server.auth.Secrets;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.registry.Credential;
import dev.claudometer.store.registry.Credential.Kind;
import dev.claudometer.store.registry.Registry;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.engine.Database;
import dev.claudometer.store.sql.registry.SqlRegistry;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/// A server in a process of its own that ends in the middle of what it does, as a power cut to the
/// process would end it: nothing is closed, nothing is flushed.
public final class CrashingServer {

  public static final String KEY = "dk_of_the_only_machine";

  private CrashingServer() {}

  /// Where it ends.
  public enum Step {
    RECEIVED,
    IN_TRANSACTION,
    COMMITTED,
    NEVER
  }

  /// @param arguments database file, step, which of the batches
  public static void main(String... arguments) throws InterruptedException {
    Step step = Step.valueOf(arguments[1]);
    var left = new AtomicInteger(Integer.parseInt(arguments[2]));
    Database database = SqliteStore.database(Path.of(arguments[0]), Durability.POWER_CUT);
    UsageStore store =
        new SqlStore(
            database,
            () -> {
              if (step == Step.IN_TRANSACTION) {
                crash(left);
              }
              return PriceBook.builtIn();
            });
    enrol(new SqlRegistry(database));
    try (var server =
        new TestServer(database, crashing(store, step, left), TestServer.Setup.USUAL)) {
      System.out.println("port " + server.port());
      Thread.currentThread().join();
    }
  }

  private static void enrol(Registry registry) {
    if (registry.devices().list().isEmpty()) {
      registry.change(
          new Registry.Deed("test", "", "device.enrol", "m", "", Instant.now()),
          () -> {
            var device = registry.devices().add("m", "m", "", Instant.now());
            registry
                .credentials()
                .add(
                    new Credential(
                        Secrets.digest(KEY),
                        Kind.DEVICE_KEY,
                        device.id().text(),
                        "",
                        "",
                        "",
                        "",
                        Instant.now(),
                        null,
                        null));
            return device;
          });
    }
  }

  private static void crash(AtomicInteger left) {
    if (left.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(137);
    }
  }

  /// The store, with an end before or after one of its batches.
  private static UsageStore crashing(UsageStore store, Step step, AtomicInteger left) {
    return (UsageStore)
        Proxy.newProxyInstance(
            UsageStore.class.getClassLoader(),
            new Class<?>[] {UsageStore.class},
            (_, method, arguments) -> {
              boolean append = method.getName().equals("append");
              if (append && step == Step.RECEIVED) {
                crash(left);
              }
              try {
                Object result = method.invoke(store, arguments);
                if (append && step == Step.COMMITTED) {
                  crash(left);
                }
                return result;
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }
}

package dev.claudometer.agent.forward;

import static dev.claudometer.usage.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.agent.FaultyProxy;
import dev.claudometer.agent.FaultyProxy.Fault;
import dev.claudometer.agent.forward.ServerLink.Answer;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.server.TestServer;
import dev.claudometer.store.Batch;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import dev.claudometer.usage.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Databases that are put back to an earlier state, at any point, on the server and on machines.
@Tag("long")
class RollbackTest {

  private static final int MACHINES = 3;

  @TempDir private Path directory;

  /// All that machines have ever seen: highest output by message.
  private final TreeMap<String, Integer> truth = new TreeMap<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void nothingIsLostWhereverAServerIsPutBack(int seed) throws Exception {
    var random = new Random(seed);
    var server = new Server();
    var machines = new ArrayList<Machine>();
    for (int i = 0; i < MACHINES; i++) {
      machines.add(new Machine(i, server, server.running.device("m" + i)));
    }
    server.keepCopy();
    server.proxy.faults(() -> random.nextInt(4) == 0 ? Fault.LOSE_ANSWER : Fault.NONE);
    for (int step = 0; step < 60; step++) {
      Machine machine = machines.get(random.nextInt(MACHINES));
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> machine.use(random);
        case 4, 5, 6, 7, 8 -> machine.send();
        case 9 -> server.keepCopy();
        case 10 -> machine.restart();
        default -> server.putBack(random);
      }
    }
    server.proxy.faults(() -> Fault.NONE);
    finish(machines);
    assertThat(stored(server.running.store)).isEqualTo(truth);
    assertThat(server.running.store.verify()).isEmpty();
    for (Machine machine : machines) {
      machine.close();
    }
    server.close();
  }

  /// A machine reads its transcripts again, so what its own store loses it finds there.
  @Test
  void machineWhoseStoreWasPutBackSendsWhatItReadsAgain() throws Exception {
    var server = new Server();
    var machine = new Machine(0, server, server.running.device("m0"));
    machine.use(1, 50);
    machine.send();
    Path earlier = machine.copy();
    machine.use(2, 50);
    machine.send();
    server.keepCopy();
    machine.putBack(earlier);
    machine.use(3, 20);
    machine.send();
    server.putBack(new Random(1));
    machine.use(2, 50);
    machine.send();
    machine.send();
    assertThat(stored(server.running.store)).isEqualTo(truth);
    machine.close();
    server.close();
  }

  @Test
  void olderAgentIsToldOfAnotherStoreOnceSomebodyNoticed() throws Exception {
    var server = new Server();
    String older = server.running.device("older");
    var machine = new Machine(0, server, server.running.device("m0"));
    machine.use(1, 10);
    machine.send();
    String before = withoutClaim(server, older);
    server.keepCopy();
    assertThat(withoutClaim(server, older)).isEqualTo(before);
    machine.use(2, 10);
    machine.send();
    server.putBack(new Random(1));
    machine.send();
    String after = withoutClaim(server, older);
    assertThat(after).isNotEqualTo(before);
    assertThat(withoutClaim(server, older)).isEqualTo(after);
    machine.close();
    server.close();
  }

  private static String withoutClaim(Server server, String key) {
    return server
        .running
        .post(
            "/api/v1/events",
            "{\"protocol\":1,\"agent\":\"a\",\"observations\":[]}",
            "Authorization",
            "Bearer " + key)
        .body()
        .replaceAll(".*\"store\":\"([^\"]*)\".*", "$1");
  }

  private static void finish(List<Machine> machines) throws InterruptedException {
    for (Machine machine : machines) {
      assertThat(machine.send()).isInstanceOf(Answer.Taken.class);
      assertThat(machine.destination.waiting()).isZero();
    }
  }

  private static TreeMap<String, Integer> stored(UsageStore store) {
    var stored = new TreeMap<String, Integer>();
    store
        .events(new EventFilter.Within(TimeRange.ALL))
        .forEach(
            row ->
                stored.put(
                    row.event().key().messageId(), (int) row.event().usage().tokens().output()));
    assertThat(
            store.sums(TimeRange.ALL, Set.of()).stream()
                .mapToLong(s -> s.totals().responses())
                .sum())
        .isEqualTo(stored.size());
    return stored;
  }

  /// A server whose file is copied and put back.
  private final class Server {
    private final Path file = directory.resolve("server.db");
    private final List<Path> copies = new ArrayList<>();
    private TestServer running = start();
    private final FaultyProxy proxy = new FaultyProxy(running.port());

    private TestServer start() {
      return new TestServer(SqliteStore.database(file, Durability.PROCESS), TestServer.Setup.USUAL);
    }

    void keepCopy() throws IOException {
      running.close();
      copies.add(Files.copy(file, directory.resolve("copy" + copies.size())));
      again();
    }

    void putBack(Random random) throws IOException {
      running.close();
      Files.copy(
          copies.get(random.nextInt(copies.size())), file, StandardCopyOption.REPLACE_EXISTING);
      again();
    }

    private void again() {
      running = start();
      proxy.target(running.port());
    }

    void close() {
      proxy.close();
      running.close();
    }
  }

  /// A machine with a store of its own.
  private final class Machine {
    private final Path file;
    private final HttpLink link;
    private final int number;
    private int batches;
    private UsageStore store;
    private Destination destination;

    Machine(int number, Server server, String key) {
      this.number = number;
      file = directory.resolve("local" + number + ".db");
      link = new HttpLink(server.proxy.url(), key, InstantSource.system());
      open();
    }

    private void open() {
      store = SqliteStore.open(file, PriceBook::builtIn);
      destination = new Destination(store.outbox(), new DeviceId("d_" + number));
    }

    void restart() {
      store.close();
      open();
    }

    void use(Random random) {
      use(batches++, 1 + random.nextInt(40));
    }

    void use(int batch, int events) {
      var some = new ArrayList<UsageEvent>();
      for (int i = 0; i < events; i++) {
        String message = "msg_" + number + "_" + batch + "_" + i;
        some.add(Events.event(message, "req", NOON.plusSeconds(i), 1 + i));
        truth.put(message, 1 + i);
      }
      store.append(new Batch(DeviceId.THIS, some, List.of(), List.of(), List.of(), List.of()));
    }

    Answer send() throws InterruptedException {
      return new Forwarder(store.outbox(), link, destination, "test/1").round();
    }

    Path copy() throws IOException {
      store.close();
      Path copy = Files.copy(file, directory.resolve("earlier.db"));
      open();
      return copy;
    }

    void putBack(Path copy) throws IOException {
      store.close();
      Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
      open();
    }

    void close() {
      link.close();
      store.close();
    }
  }
}

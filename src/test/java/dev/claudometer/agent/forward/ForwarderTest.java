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
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import dev.claudometer.usage.Events;
import dev.claudometer.usage.Totals;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An agent's way to a real server, with a proxy between them that breaks things.
@Tag("long")
class ForwarderTest {

  @TempDir private Path directory;
  private TestServer server;
  private FaultyProxy proxy;
  private UsageStore store;
  private HttpLink link;
  private Destination destination;
  private Forwarder forwarder;

  @BeforeEach
  void start() {
    server = server("server.db");
    proxy = new FaultyProxy(server.port());
    store = SqliteStore.open(directory.resolve("local.db"), PriceBook::builtIn);
    connect(server.device("laptop"));
  }

  /// @param file with SQLite's parameters, if there are some
  private TestServer server(String file) {
    return new TestServer(
        SqliteStore.database(directory.resolve(file), Durability.PROCESS), TestServer.Setup.USUAL);
  }

  private void connect(String key) {
    link = new HttpLink(proxy.url(), key, InstantSource.system());
    destination = new Destination(store.outbox(), new DeviceId("d_1"));
    forwarder = new Forwarder(store.outbox(), link, destination, "test/1");
  }

  @AfterEach
  void stop() {
    link.close();
    store.close();
    proxy.close();
    server.close();
  }

  @Test
  void everythingArrivesAndIsNotSentAgain() throws Exception {
    use(1, 4_500);
    assertThat(forwarder.round()).isInstanceOf(Answer.Taken.class);
    assertThat(onTheServer()).isEqualTo(here());
    assertThat(destination.waiting()).isZero();
    int sent = proxy.bodies().size();
    assertThat(forwarder.round()).isInstanceOf(Answer.Taken.class);
    assertThat(proxy.bodies()).hasSize(sent + 1);
    assertThat(proxy.bodies().getLast()).endsWith("\"observations\":[]}");
  }

  @Test
  void lostRequestsAndAnswersChangeNothing() throws Exception {
    var random = new Random(3);
    proxy.faults(
        () ->
            switch (random.nextInt(4)) {
              case 0 -> Fault.LOSE_REQUEST;
              case 1 -> Fault.LOSE_ANSWER;
              case 2 -> random.nextBoolean() ? Fault.CUT_ANSWER : Fault.BUSY;
              default -> Fault.NONE;
            });
    for (int i = 0; i < 20; i++) {
      use(i, 150);
      forwarder.round();
    }
    proxy.faults(() -> random.nextBoolean() ? Fault.NONE : Fault.LOSE_ANSWER);
    while (!(forwarder.round() instanceof Answer.Taken)) {
      // half of the answers are lost
    }
    assertThat(onTheServer()).isEqualTo(here());
    assertThat(server.store.verify()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"LOSE_REQUEST", "LOSE_ANSWER", "CUT_ANSWER", "BUSY", "REDIRECT", "WEB_PAGE"})
  void nothingIsAcknowledgedThatTheServerHasNotTaken(Fault fault) throws Exception {
    use(1, 10);
    forwarder.round();
    use(2, 10);
    long before = destination.acknowledged();
    proxy.faults(() -> fault);
    assertThat(forwarder.round()).isInstanceOf(Answer.NotNow.class);
    assertThat(destination.acknowledged()).isEqualTo(before);
    proxy.faults(() -> Fault.NONE);
    forwarder.round();
    assertThat(onTheServer()).isEqualTo(here());
  }

  @Test
  void refusalsAreSaidInOneSentenceThatSaysWhatToDo() throws Exception {
    use(1, 1);
    proxy.faults(() -> Fault.REDIRECT);
    assertThat(((Answer.NotNow) forwarder.round()).why())
        .isEqualTo(proxy.url() + " sends elsewhere: set the agent up with the address it sends to");
    proxy.faults(() -> Fault.REFUSE_KEY);
    assertThat(forwarder.round())
        .isEqualTo(new Answer.KeyRefused(proxy.url() + " answered 401: no such key"));
    proxy.faults(() -> Fault.WEB_PAGE);
    assertThat(((Answer.NotNow) forwarder.round()).why())
        .startsWith(proxy.url() + ": The answer is not one of Claudometer's");
    proxy.faults(() -> Fault.BUSY);
    assertThat(forwarder.round())
        .isEqualTo(new Answer.NotNow(proxy.url() + " answered 503: busy", Duration.ofSeconds(1)));
    try (var nobody =
        new HttpLink(URI.create("http://localhost:1"), "dk_1", InstantSource.system())) {
      assertThat(nobody.deliver(Parcel.of("test/1", null, store.outbox().changes(0, 10))))
          .isEqualTo(new Answer.NotNow("nothing listens at http://localhost:1", null));
    }
  }

  @Test
  void whatIsTooLargeAtOnceIsSentInParts() throws Exception {
    use(1, 40);
    proxy.faults(() -> Fault.TOO_LARGE);
    assertThat(forwarder.round()).isInstanceOf(Answer.Taken.class);
    assertThat(onTheServer()).isEqualTo(here());
  }

  @Test
  void serverThatLostItsDataIsSentEverythingAgain() throws Exception {
    use(1, 300);
    forwarder.round();
    use(2, 5);
    try (var other = server("other.db")) {
      proxy.target(other.port());
      connect(other.device("laptop"));
      assertThat(forwarder.round()).isInstanceOf(Answer.Taken.class);
      assertThat(total(other.store)).isEqualTo(here());
      assertThat(store.outbox().destinations()).hasSize(1);
    }
  }

  @Test
  void databaseThatWasPutBackIsSentWhatItHasLost() throws Exception {
    String key = server.device("laptop");
    connect(key);
    use(1, 100);
    forwarder.round();
    Path copy = copyOfTheServersFile();
    use(2, 100);
    forwarder.round();
    server.close();
    Files.move(copy, directory.resolve("server.db"), StandardCopyOption.REPLACE_EXISTING);
    server = server("server.db");
    proxy.target(server.port());
    use(3, 1);
    assertThat(forwarder.round()).isInstanceOf(Answer.Taken.class);
    assertThat(onTheServer().responses()).isEqualTo(201);
    assertThat(onTheServer()).isEqualTo(here());
    assertThat(server.store.verify()).isEmpty();
  }

  private Path copyOfTheServersFile() throws IOException {
    server.close();
    Path copy =
        Files.copy(
            directory.resolve("server.db"),
            directory.resolve("copy.db"),
            StandardCopyOption.REPLACE_EXISTING);
    server = server("server.db");
    proxy.target(server.port());
    return copy;
  }

  @Test
  void serverThatDoesNotNameItsStoreIsSentEverythingOnce() throws Exception {
    proxy.faults(() -> Fault.OLD_SERVER);
    use(1, 30);
    assertThat(forwarder.round()).isInstanceOf(Answer.Taken.class);
    use(2, 30);
    assertThat(forwarder.round()).isInstanceOf(Answer.Taken.class);
    assertThat(onTheServer()).isEqualTo(here());
    assertThat(String.join("", proxy.bodies()).split("\"message\"", -1)).hasSize(61);
  }

  @Test
  void whatANewerServerAddsToItsAnswerIsPassedOver() throws Exception {
    proxy.faults(() -> Fault.NEWER_SERVER);
    use(1, 30);
    assertThat(forwarder.round()).isInstanceOf(Answer.Taken.class);
    assertThat(destination.waiting()).isZero();
    assertThat(onTheServer()).isEqualTo(here());
  }

  @Test
  void serverWhoseDiskIsFullIsServedWhenItHasRoom() throws Exception {
    try (var full = server("full.db?max_page_count=120")) {
      proxy.target(full.port());
      connect(full.device("laptop"));
      use(1, 6_000);
      assertThat(forwarder.round()).isInstanceOf(Answer.NotNow.class);
      assertThat(destination.waiting()).isPositive();
    }
    try (var room = server("full.db")) {
      proxy.target(room.port());
      assertThat(forwarder.round()).isInstanceOf(Answer.Taken.class);
      assertThat(total(room.store)).isEqualTo(here());
    }
  }

  @Test
  void resetSendsEverythingAgainAndChangesNothing() throws Exception {
    use(1, 50);
    forwarder.round();
    destination.forget();
    assertThat(destination.waiting()).isEqualTo(50);
    forwarder.round();
    assertThat(onTheServer()).isEqualTo(here());
  }

  private void use(int batch, int events) {
    List<UsageEvent> some = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      some.add(Events.event("msg_" + batch + "_" + i, "req_" + i, NOON.plusSeconds(i), i));
    }
    store.append(new Batch(DeviceId.THIS, some, List.of(), List.of(), List.of(), List.of()));
  }

  private Totals here() {
    return total(store);
  }

  private Totals onTheServer() {
    return total(server.store);
  }

  private static Totals total(UsageStore store) {
    return store.sums(TimeRange.ALL, Set.of()).getFirst().totals();
  }
}

package dev.claudometer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;

/// A server and machines as they are in the world: each a process of its own, and between them a
/// network that loses requests and answers.
@Tag("process")
final class Fleet implements AutoCloseable {

  private static final String LISTENS = "Claudometer listens on ";
  private static final Duration PATIENCE = Duration.ofMinutes(11);

  private final Path database;
  private final Program server;
  private final FaultyProxy network = new FaultyProxy(1);
  private final Random faults;
  private final HttpClient client = HttpClient.newHttpClient();
  private final CompletableFuture<URI> first = new CompletableFuture<>();
  private final Queue<String> said = new ConcurrentLinkedQueue<>();
  private final List<Machine> machines = new ArrayList<>();

  /// @param serversBuild the class path that the server is started with
  /// @param agentsBuild the one of the agents
  Fleet(Path directory, int size, String serversBuild, String agentsBuild, Random random)
      throws Exception {
    this(directory, size, serversBuild, agentsBuild, Map.of(), random);
  }

  /// @param more variables of the environment of each process
  Fleet(
      Path directory,
      int size,
      String serversBuild,
      String agentsBuild,
      Map<String, String> more,
      Random random)
      throws Exception {
    database = directory.resolve("server/server.db");
    server =
        new Program(
            directory.resolve("server"),
            serversBuild,
            List.of(
                "serve",
                "--port=0",
                "--no-local",
                "--open-registration",
                "--database=file:" + database),
            more,
            this::heard);
    server.start();
    while (!first.isDone()) {
      assertThat(server.alive()).as(server.complaints()).isTrue();
      Thread.sleep(50);
    }
    for (int i = 0; i < size; i++) {
      var machine =
          new Machine(
              "m" + i,
              directory.resolve("m" + i),
              agentsBuild,
              more,
              new Random(random.nextLong()));
      enrol(machine, "m" + i);
      machine.agent().start();
      machines.add(machine);
    }
    faults = new Random(random.nextLong());
    faults();
  }

  /// From now on the network loses requests and answers.
  void faults() {
    network.faults(() -> fault(faults));
  }

  private void heard(String line) {
    said.add(line);
    if (line.startsWith(LISTENS)) {
      URI url = URI.create(line.substring(LISTENS.length()));
      network.target(url.getPort());
      first.complete(url);
    }
  }

  private static FaultyProxy.Fault fault(Random random) {
    synchronized (random) {
      return switch (random.nextInt(10)) {
        case 0, 1 -> FaultyProxy.Fault.LOSE_ANSWER;
        case 2 -> FaultyProxy.Fault.LOSE_REQUEST;
        case 3 -> FaultyProxy.Fault.CUT_ANSWER;
        default -> FaultyProxy.Fault.NONE;
      };
    }
  }

  /// What the server has printed so far.
  String said() {
    return String.join("\n", said);
  }

  /// Where the server listens.
  URI url() {
    return first.join();
  }

  /// What a scraper is told, which has no business with the network's faults.
  String metrics() throws IOException, InterruptedException {
    network.forget();
    return client
        .send(
            HttpRequest.newBuilder(first.join().resolve("/metrics")).build(),
            BodyHandlers.ofString())
        .body();
  }

  private void enrol(Machine machine, String name) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(network.url().resolve("/api/devices/register"))
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"name\":\"%1$s\",\"hostname\":\"%1$s\"}".formatted(name)))
                .build(),
            BodyHandlers.ofString());
    JsonNode registered = new ObjectMapper().readTree(answer.body());
    machine.setUp(
        network.url(), registered.get("deviceId").asText(), registered.get("apiKey").asText());
  }

  List<Machine> machines() {
    return machines;
  }

  Program server() {
    return server;
  }

  /// Waits, without faults of the network, until the server has what is true of all machines.
  void settle() throws Exception {
    network.faults(() -> FaultyProxy.Fault.NONE);
    network.forget();
    for (Machine machine : machines) {
      machine.complete();
    }
    Instant end = Instant.now().plus(PATIENCE);
    while (!has(truth())) {
      assertThat(Instant.now()).as("what the server has: " + counted()).isBefore(end);
      assertThat(server.alive()).as(server.complaints()).isTrue();
      Thread.sleep(200);
    }
  }

  /// Ends all, and compares what is stored with what is true.
  void check() throws Exception {
    server.kill();
    try (var store = SqliteStore.open(database, PriceBook::builtIn)) {
      assertThat(outputs(store)).isEqualTo(truth());
      assertThat(store.verify()).isEmpty();
    }
    for (Machine machine : machines) {
      machine.agent().kill();
      try (var store = SqliteStore.open(machine.store(), PriceBook::builtIn)) {
        assertThat(outputs(store)).isEqualTo(machine.truth());
        assertThat(store.verify()).isEmpty();
      }
    }
  }

  private Map<String, Long> truth() {
    var all = new TreeMap<String, Long>();
    machines.forEach(machine -> all.putAll(machine.truth()));
    return all;
  }

  private boolean has(Map<String, Long> truth) throws SQLException {
    long sum = truth.values().stream().mapToLong(Long::longValue).sum();
    return counted().equals(List.of((long) truth.size(), sum));
  }

  /// Responses and their output, as they stand in the file of a server that runs.
  private List<Long> counted() throws SQLException {
    try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = file.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*), SUM(output) FROM event")) {
      return List.of(row.getLong(1), row.getLong(2));
    }
  }

  private static Map<String, Long> outputs(UsageStore store) {
    return store.events(new EventFilter.Within(TimeRange.ALL)).stream()
        .map(StoredEvent::event)
        .collect(
            Collectors.toMap(
                event -> event.key().messageId(), event -> event.usage().tokens().output()));
  }

  @Override
  public void close() {
    machines.forEach(Machine::close);
    server.close();
    network.close();
    client.shutdownNow();
  }
}

package dev.claudometer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.agent.Processes.Started;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.server.CrashingServer;
import dev.claudometer.source.claudecode.Lines;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agent and server end at any step of what they do, again and again, while half of the answers are
/// lost: the server's totals are those of the transcripts.
@Tag("process")
class AgentCrashTest {

  /// `-Pnightly` has more.
  private static final int CRASHES = Integer.getInteger("crashes", 16);

  private static final int STEPS = CrashingAgent.Step.values().length - 1;
  private static final int SERVER_STEPS = CrashingServer.Step.values().length - 1;

  @TempDir private Path directory;
  private final Random random = new Random(11);
  private final Map<String, Long> truth = new HashMap<>();
  private Path projects;
  private FaultyProxy proxy;
  private @Nullable Process server;
  private @Nullable Process agent;

  @BeforeEach
  void home() throws IOException {
    projects = Files.createDirectories(directory.resolve("home/projects"));
    proxy = new FaultyProxy(0);
    proxy.faults(
        () -> {
          synchronized (random) {
            return random.nextBoolean() ? FaultyProxy.Fault.NONE : FaultyProxy.Fault.LOSE_ANSWER;
          }
        });
  }

  @AfterEach
  void stop() {
    for (Process process : new Process[] {agent, server}) {
      if (process != null) {
        process.destroyForcibly();
      }
    }
    proxy.close();
  }

  @Test
  void totalsAreExactWhereverAgentAndServerEnd() throws Exception {
    startServer(CrashingServer.Step.NEVER, 1);
    for (int crash = 0; crash < CRASHES; crash++) {
      int step = crash % (STEPS + SERVER_STEPS);
      if (step < STEPS) {
        crashAgent(CrashingAgent.Step.values()[step], 1 + crash % 3 / 2);
      } else {
        crashServer(CrashingServer.Step.values()[step - STEPS]);
      }
    }
    proxy.faults(() -> FaultyProxy.Fault.NONE);
    startAgent(CrashingAgent.Step.NEVER, 1);
    awaitServerHas(truth);
    stop();
    try (var store = SqliteStore.open(directory.resolve("server.db"), PriceBook::builtIn);
        var local = SqliteStore.open(directory.resolve("local.db"), PriceBook::builtIn)) {
      assertThat(outputs(store)).isEqualTo(truth);
      assertThat(outputs(local)).isEqualTo(truth);
      assertThat(store.verify()).isEmpty();
      assertThat(local.verify()).isEmpty();
    }
  }

  private void crashAgent(CrashingAgent.Step step, int time) throws Exception {
    write();
    startAgent(step, time);
    write();
    awaitEnd(agent);
  }

  private void crashServer(CrashingServer.Step step) throws Exception {
    startServer(step, 1);
    startAgent(CrashingAgent.Step.NEVER, 1);
    write();
    awaitEnd(server);
    startServer(CrashingServer.Step.NEVER, 1);
    if (random.nextBoolean()) {
      awaitServerHas(Map.of());
    }
    agent.destroyForcibly().waitFor();
  }

  private void awaitEnd(Process process) throws Exception {
    int tries = 0;
    while (!process.waitFor(1, TimeUnit.SECONDS)) {
      write();
      assertThat(++tries).isLessThan(300);
    }
    assertThat(process.exitValue()).isEqualTo(137);
  }

  /// A few lines in one of a few transcripts; some tell of a response for the second time.
  private void write() throws IOException {
    int session = random.nextInt(4);
    Path file =
        Files.createDirectories(projects.resolve("-p" + session % 2)).resolve(session + ".jsonl");
    var lines = new StringBuilder();
    for (int i = 1 + random.nextInt(20); i > 0; i--) {
      String message = "msg_" + random.nextInt(2_000);
      long output = truth.computeIfAbsent(message, _ -> 1L + random.nextInt(1_000));
      lines
          .append(
              Lines.answer(
                  message,
                  "req_" + message,
                  "session-" + session,
                  "2026-11-20T10:00:01.000Z",
                  output))
          .append('\n');
    }
    Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void startServer(CrashingServer.Step step, int time) throws Exception {
    if (server != null) {
      server.destroyForcibly().waitFor();
    }
    Started started =
        Processes.start(
            CrashingServer.class.getName(),
            directory.resolve("server.db").toString(),
            step.name(),
            Integer.toString(time));
    server = started.process();
    assertThat(started.line()).startsWith("port ");
    proxy.target(Integer.parseInt(started.line().substring("port ".length())));
  }

  private void startAgent(CrashingAgent.Step step, int time) throws Exception {
    Started started =
        Processes.start(
            CrashingAgent.class.getName(),
            projects.toString(),
            directory.resolve("local.db").toString(),
            proxy.url().toString(),
            CrashingServer.KEY,
            step.name(),
            Integer.toString(time));
    agent = started.process();
  }

  private void awaitServerHas(Map<String, Long> wanted) throws InterruptedException {
    for (int i = 0; i < 1_800; i++) {
      try (var store = SqliteStore.open(directory.resolve("server.db"), PriceBook::builtIn)) {
        if (outputs(store).entrySet().containsAll(wanted.entrySet())) {
          return;
        }
      }
      Thread.sleep(100);
    }
    assertThat(wanted).as("what the server should have").isEmpty();
  }

  private static Map<String, Long> outputs(UsageStore store) {
    return store.events(new EventFilter.Within(TimeRange.ALL)).stream()
        .map(StoredEvent::event)
        .collect(
            Collectors.toMap(
                event -> event.key().messageId(), event -> event.usage().tokens().output()));
  }
}

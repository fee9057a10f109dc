package dev.claudometer.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.server.TestServer;
import dev.claudometer.store.sqlite.Durability;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The image's health check knows which role a container has, and asks the right thing.
@Tag("process")
class HealthTest {

  private static final Run WELL = new Run(0, "");

  @TempDir private Path directory;
  private Path home = Path.of("");
  private final List<Program> programs = new ArrayList<>();

  private record Run(int code, String said) {}

  @BeforeEach
  void home() throws IOException {
    home = Files.createDirectories(directory.resolve("home/projects"));
  }

  @AfterEach
  void stop() {
    programs.forEach(Program::close);
  }

  @Test
  void serverAndEveryExporterIsAskedOnItsOwnPort() throws Exception {
    int port = Program.freePort();
    Program server = start("server", "serve", "--no-local", "--port", "" + port);
    // long before a JVM can be there
    assertThat(healthy(server)).isEqualTo(new Run(1, "nothing listens on port " + port + "\n"));
    int other = Program.freePort();
    Program local =
        start("local", "export", "local", "--home", home.getParent() + "", "--port=" + other);
    Program limits = start("limits", "export", "limits", "--port", "" + Program.freePort());
    Program bill = start("bill", "export", "org", "--port", "" + Program.freePort());
    for (Program program : List.of(server, local, limits, bill)) {
      assertThat(settled(program)).as(program.said()).isEqualTo(WELL);
    }
    signal("-STOP", server);
    assertThat(healthy(server)).isEqualTo(new Run(1, "no answer on port " + port + "\n"));
    signal("-CONT", server);
  }

  @Test
  void agentIsWellWhileItRuns() throws Exception {
    try (var server =
        new TestServer(
            SqliteStore.database(directory.resolve("s.db"), Durability.PROCESS),
            TestServer.Setup.USUAL)) {
      String key = server.device("laptop");
      Program setup =
          start(
              "agent",
              "agent",
              "setup",
              "--server",
              "http://localhost:" + server.port(),
              "--key",
              key);
      setup.join();
      Program agent = start("agent", "agent", "start", "--foreground");
      assertThat(settled(agent)).as(agent.said()).isEqualTo(WELL);
      agent.close();
      assertThat(healthy(ProcessHandle.current().pid())).isEqualTo(WELL);
    }
  }

  private Program start(String name, String... arguments) {
    Program program =
        Program.start(
            directory.resolve(name), Map.of("APIKEY", "sk-ant-admin01-canary"), List.of(arguments));
    programs.add(program);
    return program;
  }

  /// Its health as soon as it is well, or after some seconds.
  private Run settled(Program program) throws Exception {
    Run run = healthy(program);
    for (int i = 0; i < 480 && run.code() != 0; i++) {
      Thread.sleep(250);
      run = healthy(program);
    }
    return run;
  }

  private Run healthy(Program program) throws Exception {
    return healthy(program.pid());
  }

  private Run healthy(long pid) throws Exception {
    Path claudometer = directory.resolve("bin/claudometer");
    if (Files.notExists(claudometer)) {
      Files.createDirectories(claudometer.getParent());
      Files.writeString(
          claudometer, "#!/bin/sh\nexec " + String.join(" ", Program.java()) + " \"$@\"\n");
      assertThat(claudometer.toFile().setExecutable(true)).isTrue();
    }
    var builder =
        new ProcessBuilder("bash", "deploy/docker/healthy", "" + pid).redirectErrorStream(true);
    builder.environment().keySet().retainAll(List.of("PATH"));
    builder.environment().merge("PATH", claudometer.getParent() + ":", (path, own) -> own + path);
    builder.environment().put("CLAUDOMETER_OTLP_HTTP_PORT", "none");
    builder.environment().put("CLAUDOMETER_OTLP_GRPC_PORT", "none");
    builder.environment().put("HOME", directory.resolve("agent").toString());
    builder.environment().put("XDG_STATE_HOME", directory.resolve("agent").toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), said);
  }

  private static void signal(String signal, Program program) throws Exception {
    new ProcessBuilder("kill", signal, "" + program.pid()).inheritIO().start().waitFor();
  }
}

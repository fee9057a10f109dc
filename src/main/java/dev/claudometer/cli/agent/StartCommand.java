package dev.claudometer.cli.agent;

import dev.claudometer.agent.service.AgentConfig;
import dev.claudometer.agent.service.Instance;
import dev.claudometer.app.agent.AgentFiles;
import dev.claudometer.app.agent.RunningAgent;
import dev.claudometer.app.answer.Answering;
import dev.claudometer.app.config.LauncherVariables;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.cli.options.OtlpOptions;
import dev.claudometer.server.otlp.Ports;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `agent start`: in the background, or as this very process.
@Command(
    name = "start",
    description = "Start the agent, in the background unless told otherwise.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class StartCommand implements Callable<Integer> {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final int PAUSE_MILLIS = 50;

  private final Surroundings surroundings;
  private final Answering answering;

  @Option(
      names = {"-f", "--foreground"},
      description = "Run as this process until Ctrl-C; the log goes to stderr as well.")
  private boolean foreground;

  @Option(
      names = "--live",
      description = "Send every change at once: it is on the server within two seconds.")
  boolean live;

  @Mixin private OtlpOptions otlp = new OtlpOptions();

  /// @param answering what the agent answers in the place of commands
  StartCommand(Surroundings surroundings, Answering answering) {
    this.surroundings = surroundings;
    this.answering = answering;
  }

  @Override
  public Integer call() throws InterruptedException {
    AgentFiles files = AgentFiles.of(surroundings);
    AgentConfig config = files.read();
    var values = new Values(surroundings);
    Ports telemetry = otlp.ports(values);
    URI onward = otlp.onward(values);
    values.check();
    files.state().create();
    if (foreground) {
      run(files, config, telemetry, onward);
    } else {
      launch(files);
    }
    return 0;
  }

  private void run(AgentFiles files, AgentConfig config, Ports telemetry, @Nullable URI onward)
      throws InterruptedException {
    Instance instance = become(files);
    AgentLog.open(files, surroundings);
    var ended = new CountDownLatch(1);
    var agent = RunningAgent.start(surroundings, files, config, answering, live, telemetry, onward);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(agent, instance, ended), "shutdown"));
    ended.await();
  }

  /// Asked to end is not failed: whoever supervises the process need not start it again.
  private static void end(RunningAgent agent, Instance instance, CountDownLatch ended) {
    agent.close();
    try {
      instance.close();
    } catch (IOException endsWithTheProcess) {
      // as it does anyway
    }
    ended.countDown();
    Runtime.getRuntime().halt(0);
  }

  private static Instance become(AgentFiles files) {
    try {
      Instance instance = Instance.become(files.lock());
      if (instance == null) {
        throw new Failed("an agent runs already: stop it with 'claudometer agent stop'");
      }
      return instance;
    } catch (IOException failure) {
      throw new Failed("cannot write " + files.lock(), failure);
    }
  }

  private void launch(AgentFiles files) throws InterruptedException {
    ProcessHandle running = files.running();
    if (running != null) {
      surroundings.out().println("The agent runs already (process " + running.pid() + ").");
      return;
    }
    Process process = spawn(files);
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    while (files.running() == null) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        throw new Failed("the agent did not start: " + lastWords(files));
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    surroundings.out().println("The agent runs (process " + process.pid() + ").");
  }

  /// Without `nohup` it may end with the terminal.
  private Process spawn(AgentFiles files) {
    List<String> command = LaunchCommand.agent(surroundings, live);
    command.addAll(otlp.arguments());
    List<String> lasting = new ArrayList<>(List.of("nohup"));
    lasting.addAll(command);
    @Nullable Process process = attempt(files, lasting);
    process = process == null ? attempt(files, command) : process;
    if (process == null) {
      throw new Failed("cannot run " + command.getFirst());
    }
    return process;
  }

  private @Nullable Process attempt(AgentFiles files, List<String> command) {
    var builder =
        new ProcessBuilder(command)
            .directory(surroundings.userHome().toFile())
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(files.output().toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(surroundings.environment());
    builder.environment().put(LauncherVariables.QUIET.name(), "1");
    try {
      return builder.start();
    } catch (IOException notThere) {
      return null;
    }
  }

  private static String lastWords(AgentFiles files) {
    try {
      List<String> lines =
          Files.readAllLines(files.output()).stream().filter(line -> !line.isBlank()).toList();
      return lines.isEmpty() ? "see 'claudometer agent logs'" : lines.getLast();
    } catch (IOException unreadable) {
      return "see 'claudometer agent logs'";
    }
  }
}

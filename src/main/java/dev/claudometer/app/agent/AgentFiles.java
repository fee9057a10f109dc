package dev.claudometer.app.agent;

import dev.claudometer.agent.service.AgentConfig;
import dev.claudometer.agent.service.AgentConfigFile;
import dev.claudometer.agent.service.Instance;
import dev.claudometer.agent.service.OwnFile;
import dev.claudometer.app.answer.Reception;
import dev.claudometer.app.config.ClaudeFiles;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where an agent's files are.
public record AgentFiles(AgentConfigFile config, StateDirectory state, Path configDirectory) {

  public static AgentFiles of(Surroundings surroundings) {
    Path directory = configHome(surroundings).resolve("claudometer");
    return new AgentFiles(
        new AgentConfigFile(directory.resolve("agent.properties")),
        StateDirectory.of(surroundings),
        directory);
  }

  public static Path configHome(Surroundings surroundings) {
    return surroundings.directory("XDG_CONFIG_HOME", "APPDATA", Path.of(".config"));
  }

  /// How the agent is set up.
  ///
  /// @throws Failed where it is not
  public AgentConfig read() {
    if (!config.exists()) {
      throw new Failed("this machine is not set up: run 'claudometer agent setup'");
    }
    try {
      return config.read();
    } catch (AgentConfigFile.Unusable unusable) {
      throw new Failed(
          unusable.getMessage() + " (fix it, or run 'claudometer agent setup' again)", unusable);
    }
  }

  /// The agent's process, null where none runs.
  public @Nullable ProcessHandle running() {
    try {
      return Instance.running(lock());
    } catch (IOException failure) {
      throw new Failed("cannot look for a running agent in " + lock(), failure);
    }
  }

  /// The transcripts that an agent looks for.
  public static ClaudeHome.Search search(Surroundings surroundings, AgentConfig config) {
    return ClaudeFiles.search(config.homes(), surroundings);
  }

  /// The local store, which reports use too.
  public Path store(Surroundings surroundings, AgentConfig config) {
    return state.store(search(surroundings, config));
  }

  public Path lock() {
    return state.path().resolve("agent.lock");
  }

  public OwnFile status() {
    return new OwnFile(state.path().resolve("agent.status"));
  }

  /// What the process itself says before it logs.
  public Path output() {
    return state.path().resolve("agent.out");
  }

  /// The log as a pattern: `%g` is 0 for the present file, 1 for the one before.
  public String logPattern() {
    return state.path().resolve("agent-").toString().replace("%", "%%") + "%g.log";
  }

  public Path log() {
    return state.path().resolve("agent-0.log");
  }

  public Path olderLog() {
    return state.path().resolve("agent-1.log");
  }

  /// Everything that an agent leaves beside the store and its configuration.
  public List<Path> traces() {
    return Stream.concat(
            Stream.of(
                lock(),
                status().path(),
                output(),
                log(),
                olderLog(),
                state.path().resolve("agent-0.log.lck")),
            Reception.traces(state).stream())
        .toList();
  }

  public static void deleteIfEmpty(Path directory) throws IOException {
    try {
      Files.delete(directory);
    } catch (DirectoryNotEmptyException | NoSuchFileException others) {
      // somebody else's files
    }
  }
}

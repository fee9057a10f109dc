package dev.claudometer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.app.process.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/// Every command as picocli knows it, by its words: `daily`, `agent`, `agent setup`.
public final class CommandTree {

  private CommandTree() {}

  public static Map<String, CommandLine> commands() {
    var nothing = new PrintStream(new ByteArrayOutputStream(), false, UTF_8);
    var surroundings =
        new Surroundings(
            Map.of(),
            Path.of("home"),
            InputStream.nullInputStream(),
            nothing,
            nothing,
            InstantSource.system(),
            ZoneOffset.UTC,
            0,
            false);
    var commands = new LinkedHashMap<String, CommandLine>();
    Commands.wanted(List.of("--help"))
        .forEach(
            (name, make) -> {
              Object command = make.apply(surroundings);
              add(
                  commands,
                  name,
                  command instanceof CommandLine line ? line : new CommandLine(command));
            });
    return commands;
  }

  private static void add(Map<String, CommandLine> commands, String words, CommandLine command) {
    commands.put(words, command);
    command.getSubcommands().forEach((name, below) -> add(commands, words + " " + name, below));
  }
}

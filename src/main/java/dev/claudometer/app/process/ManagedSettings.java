package dev.claudometer.app.process;

import dev.claudometer.json.BadJson;
import dev.claudometer.model.Cause;
import dev.claudometer.pricing.Contract;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What an organisation has set for Claude Code on this machine. Only its prices are read.
///
/// @param directory with `managed-settings.json`, and `managed-settings.d` beside it
public record ManagedSettings(Path directory) {

  private static final System.Logger LOG = System.getLogger("claudometer.prices");
  private static final String VARIABLE = "CLAUDOMETER_MANAGED_SETTINGS";
  private static final long MOST_BYTES = 16 << 20;

  /// Where Claude Code looks on this system, or where a variable says.
  public static ManagedSettings of(Surroundings surroundings) {
    String configured = surroundings.variable(VARIABLE);
    return new ManagedSettings(Path.of(configured.isBlank() ? usual() : configured));
  }

  private static String usual() {
    String system = System.getProperty("os.name", "");
    if (system.startsWith("Windows")) {
      return "C:\\Program Files\\ClaudeCode";
    }
    return system.startsWith("Mac")
        ? "/Library/Application Support/ClaudeCode"
        : "/etc/claude-code";
  }

  /// The contract in force: what a server manages goes before what stands in files, as in Claude
  /// Code; of several files a later one changes what an earlier one says.
  ///
  /// @param fetched settings that the client has fetched from a server
  @Nullable Contract contract(List<Path> fetched) {
    return contract(fetched, wrong -> LOG.log(System.Logger.Level.WARNING, wrong));
  }

  /// The same.
  ///
  /// @param wrong what cannot be read
  @Nullable Contract contract(List<Path> fetched, Consumer<String> wrong) {
    for (Path file : fetched) {
      Contract contract = read(file, wrong);
      if (contract != null) {
        return contract;
      }
    }
    @Nullable Contract contract = null;
    for (Path file : files(wrong)) {
      Contract later = read(file, wrong);
      if (later != null) {
        contract = contract == null ? later : contract.changedBy(later);
      }
    }
    return contract;
  }

  private List<Path> files(Consumer<String> wrong) {
    List<Path> files = new ArrayList<>();
    Path parts = directory.resolve("managed-settings.d");
    if (Files.isDirectory(parts)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(parts, "*.json")) {
        found.forEach(files::add);
      } catch (IOException unreadable) {
        wrong.accept("cannot read " + parts + ": " + Cause.of(unreadable));
      }
    }
    Collections.sort(files);
    files.addFirst(directory.resolve("managed-settings.json"));
    return files;
  }

  private static @Nullable Contract read(Path file, Consumer<String> wrong) {
    try {
      long bytes = Files.isRegularFile(file) ? Files.size(file) : 0;
      if (bytes == 0 || bytes > MOST_BYTES) {
        return null;
      }
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        return Contract.read(in);
      }
    } catch (IOException | BadJson unreadable) {
      wrong.accept("cannot read the prices in " + file + ": " + Cause.of(unreadable));
      return null;
    }
  }
}

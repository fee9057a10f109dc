package dev.claudometer.app.process;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What this process runs from.
///
/// @param program the jar, or a directory of classes
/// @param runtime the home of the Java runtime
/// @param archive the start-up archive that the launcher named, null where it named none
/// @param archiveUsed whether the JVM took it: it refuses one of another jar or runtime
public record Installation(
    Path program, Path runtime, @Nullable Path archive, boolean archiveUsed) {

  private static final String ARCHIVE = "-XX:SharedArchiveFile=";

  /// The one of this process.
  public static Installation ofProcess() {
    String program = System.getProperty("java.class.path", "").split(File.pathSeparator, 2)[0];
    Path archive =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith(ARCHIVE))
            .map(argument -> Path.of(argument.substring(ARCHIVE.length())))
            .findFirst()
            .orElse(null);
    return new Installation(
        Path.of(program).toAbsolutePath(),
        Path.of(System.getProperty("java.home", "")),
        archive,
        System.getProperty("java.vm.info", "").contains("sharing"));
  }

  /// Whether the runtime came with the program.
  public boolean packaged() {
    Path directory = program.getParent();
    return directory != null && runtime.normalize().equals(directory.resolveSibling("runtime"));
  }

  /// What a person starts by typing `claudometer`: the first on the path.
  public static Optional<Path> onPath(Surroundings surroundings) {
    return Stream.of(surroundings.variable("PATH").split(Pattern.quote(File.pathSeparator), -1))
        .filter(directory -> !directory.isEmpty())
        .flatMap(
            directory ->
                Stream.of("claudometer", "claudometer.cmd").map(Path.of(directory)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }
}

package dev.claudometer.app;

import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.app.process.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The file of the local store. Where the usual one cannot be written, as in a container with a
/// read-only home, it is a copy that lasts for one run; a person is told.
public final class StoreFile implements AutoCloseable {

  private static final List<String> PARTS = List.of("", "-wal");

  private final Path path;
  private final @Nullable Path temporary;

  private StoreFile(Path path, @Nullable Path temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  /// The file to use.
  ///
  /// The store of its usual place; where nothing can be written, a copy that ends with the command.
  ///
  /// @param usual where the store is, or would be
  public static StoreFile of(StateDirectory state, Path usual, Surroundings surroundings) {
    try {
      state.create();
    } catch (Failed notMade) {
      return copy(usual, surroundings, notMade);
    }
    boolean writable =
        Files.isWritable(state.path()) && (!Files.exists(usual) || Files.isWritable(usual));
    return writable
        ? new StoreFile(usual, null)
        : copy(usual, surroundings, new Failed("cannot write to " + state.path()));
  }

  private static StoreFile copy(Path usual, Surroundings surroundings, Failed reason) {
    try {
      Path directory = Files.createTempDirectory("claudometer-");
      Path copy = directory.resolve(usual.getFileName());
      for (String part : PARTS) {
        Path from = usual.resolveSibling(usual.getFileName() + part);
        if (Files.isReadable(from)) {
          Files.copy(from, directory.resolve(copy.getFileName() + part));
          directory.resolve(copy.getFileName() + part).toFile().setWritable(true);
        }
      }
      surroundings
          .err()
          .println(
              "claudometer: "
                  + reason.getMessage()
                  + "; this run uses a temporary store, and what it reads is not kept");
      return new StoreFile(copy, directory);
    } catch (IOException nowhere) {
      reason.addSuppressed(nowhere);
      throw reason;
    }
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() {
    if (temporary == null) {
      return;
    }
    try (Stream<Path> files = Files.list(temporary)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(temporary);
    } catch (IOException left) {
      // the system empties its temporary directory
    }
  }
}

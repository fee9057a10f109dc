package dev.claudometer.app.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.source.claudecode.place.ClaudeHome;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// Where Claudometer keeps its own files: `$XDG_STATE_HOME/claudometer`, on Windows
/// `%LOCALAPPDATA%\claudometer`, readable by its owner only.
public record StateDirectory(Path path) {

  /// The one of a process.
  public static StateDirectory of(Surroundings surroundings) {
    Path base =
        surroundings.directory("XDG_STATE_HOME", "LOCALAPPDATA", Path.of(".local", "state"));
    return new StateDirectory(base.resolve("claudometer"));
  }

  /// Makes it where there is none.
  ///
  /// @throws Failed where that cannot be done
  public void create() {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      if (!Files.isDirectory(path)) {
        Files.createDirectory(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (FileAlreadyExistsException another) {
      // another process has just made it
    } catch (UnsupportedOperationException notPosix) {
      createPlain();
    } catch (IOException failure) {
      throw unusable(failure);
    }
  }

  private void createPlain() {
    try {
      Files.createDirectories(path);
    } catch (IOException failure) {
      throw unusable(failure);
    }
  }

  private Failed unusable(IOException failure) {
    return new Failed(
        "cannot make the state directory " + path + ": set XDG_STATE_HOME to a writable directory",
        failure);
  }

  /// The store of a search for homes. The usual places share one store, so that its history goes on
  /// when one of them appears; other homes have a store for each combination, so that reports never
  /// mix them.
  public Path store(ClaudeHome.Search search) {
    return path.resolve(
        search.byDefault() ? "claudometer.db" : "claudometer-" + digest(search.lookedAt()) + ".db");
  }

  /// The store of a server that was given none.
  public Path serverStore() {
    return path.resolve("server.db");
  }

  /// Prices that replace the built-in book.
  public Path prices() {
    return path.resolve("prices.json");
  }

  /// Prices that Claude Code was served, as they were seen.
  public Path servedPrices() {
    return path.resolve("served-prices.json");
  }

  private static String digest(List<Path> places) {
    String joined =
        places.stream()
            .map(StateDirectory::real)
            .distinct()
            .sorted()
            .collect(Collectors.joining("\n"));
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(joined.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static String real(Path place) {
    try {
      return place.toRealPath().toString();
    } catch (IOException absent) {
      return place.toAbsolutePath().normalize().toString();
    }
  }
}

package dev.claudometer.app.answer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/// The program as this process has started it: another launcher, or another jar in its place, is
/// another version.
///
/// @param launcher its real path
/// @param jar beside it, as it was
record Installed(Path launcher, Jar jar) {

  /// A file's content, as far as its attributes tell.
  private record Jar(long bytes, FileTime modified, @Nullable Object key) {

    static Jar beside(Path launcher) throws IOException {
      BasicFileAttributes attributes =
          Files.readAttributes(
              launcher.resolveSibling("claudometer.jar"), BasicFileAttributes.class);
      return new Jar(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }
  }

  /// What a launcher starts; null where there is no such launcher.
  static @Nullable Installed of(String launcher) {
    try {
      Path real = Path.of(launcher).toRealPath();
      return launcher.isEmpty() ? null : new Installed(real, Jar.beside(real));
    } catch (IOException | InvalidPathException notLaunched) {
      return null;
    }
  }

  /// Whether a launcher would start what runs here.
  boolean isThatOf(String other) {
    return Path.of(other).isAbsolute() && equals(of(other));
  }
}

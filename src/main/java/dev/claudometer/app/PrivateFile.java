package dev.claudometer.app;

import dev.claudometer.app.process.Failed;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// The file of a database that somebody named. What is not there is made for its owner only; what
/// is there stays as it is.
record PrivateFile(Path path) {

  /// Makes it and the directories that it is in.
  ///
  /// @throws Failed where that cannot be done
  Path made() {
    Path file = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(file.getParent(), attributes(file, "rwx------"));
      if (!Files.exists(file)) {
        make(file);
      }
    } catch (IOException failure) {
      throw new Failed(
          "cannot make the database "
              + path
              + ": name a place that this user may write to (--database, DATABASE_URL)",
          failure);
    }
    return path;
  }

  private static void make(Path file) throws IOException {
    try {
      Files.createFile(file, attributes(file, "rw-------"));
    } catch (FileAlreadyExistsException another) {
      // another process has just made it
    }
  }

  private static FileAttribute<?>[] attributes(Path file, String permissions) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}

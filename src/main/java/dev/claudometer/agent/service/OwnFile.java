package dev.claudometer.agent.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// A file that only its owner can read, and that is always whole: it is replaced, never changed.
public record OwnFile(Path path) {

  /// Replaces the content, durably; makes the directory where there is none.
  public void write(String content) throws IOException {
    replace(content, true);
  }

  /// Replaces content that is soon replaced again: after a power cut it may be the old one.
  public void publish(String content) throws IOException {
    replace(content, false);
  }

  private void replace(String content, boolean durably) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      Files.createDirectories(directory, owner("rwx------"));
    }
    Path next =
        Files.createTempFile(directory, path.getFileName().toString(), ".next", owner("rw-------"));
    boolean moved = false;
    try {
      try (var channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        if (durably) {
          channel.force(true);
        }
      }
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      moved = true;
    } finally {
      if (!moved) {
        Files.deleteIfExists(next);
      }
    }
  }

  private static FileAttribute<?>[] owner(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}

package dev.claudometer.store.sqlite;

import dev.claudometer.model.Cause;
import dev.claudometer.store.sql.engine.SqlSession;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The file that sessions have open. Its name can be taken from it while they write to it, and its
/// content exchanged: what they store then is gone when the last of them closes, so somebody has to
/// look.
final class DatabaseFile {

  /// A store has more than this as soon as anything of it is outside of its log.
  private static final long LEAST_BYTES = 16_384;

  private final Path path;
  private final boolean whole;
  private @Nullable Object opened;
  private @Nullable Object log;
  private Moment looked = Moment.NEVER;
  private @Nullable FileContent content;

  /// @param name a path, with SQLite's parameters behind a question mark, if there are some
  /// @param whole whether its content is looked at too, where that has changed
  DatabaseFile(Path name, boolean whole) {
    this.whole = whole;
    path = Path.of(name.toString().replaceFirst("\\?.*", ""));
  }

  /// What has the name now.
  enum Holder {
    /// The file that is open, or nothing is open yet.
    OPENED,
    NOBODY,
    ANOTHER,
    /// The file that is open, but not with what sessions have written to it.
    OVERWRITTEN,
    /// The file that is open, without its log.
    WITHOUT_LOG
  }

  /// The name is not that of the open file any more.
  static final class Lost extends SQLException {
    private static final long serialVersionUID = 1L;

    Lost(String why) {
      super(why);
    }
  }

  /// A file that has not changed since is as it was.
  private record Moment(long bytes, FileTime modified) {

    static final Moment NEVER = new Moment(-1, FileTime.fromMillis(0));
  }

  synchronized Holder holder() throws SQLException {
    if (opened == null) {
      return Holder.OPENED;
    }
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return opened.equals(now.fileKey()) ? inside(now) : Holder.ANOTHER;
    } catch (NoSuchFileException deleted) {
      return Holder.NOBODY;
    } catch (IOException failure) {
      throw new Lost("the file cannot be looked at: " + Cause.of(failure));
    }
  }

  /// A checkpoint changes the file too: then it is newer than before, and not smaller.
  private Holder inside(BasicFileAttributes now) throws IOException {
    var moment = new Moment(now.size(), now.lastModifiedTime());
    if (whole && moment.bytes() >= LEAST_BYTES && !moment.equals(looked)) {
      FileContent found = FileContent.of(path, moment.bytes() < looked.bytes());
      if (content != null && (found == null || found.before(content))) {
        return Holder.OVERWRITTEN;
      }
      content = found;
      looked = moment;
    }
    Path beside = beside("-wal");
    if (log == null) {
      log = Files.exists(beside) ? identity(beside) : null;
      return Holder.OPENED;
    }
    return Files.exists(beside) && log.equals(identity(beside))
        ? Holder.OPENED
        : Holder.WITHOUT_LOG;
  }

  /// What the log beside it takes.
  long logBytes() {
    try {
      return Files.size(beside("-wal"));
    } catch (IOException none) {
      return 0;
    }
  }

  /// Waits until the log is on the disk. What has left it is: SQLite waits for that itself.
  void settle() throws SQLException {
    try (var log = FileChannel.open(beside("-wal"), StandardOpenOption.WRITE)) {
      log.force(false);
    } catch (NoSuchFileException none) {
      // nothing was stored since it was emptied
    } catch (IOException failure) {
      throw new Lost("the log beside it cannot be written to the disk: " + Cause.of(failure));
    }
  }

  /// A session has it open now.
  synchronized void opened() {
    try {
      opened = opened == null ? identity(path) : opened;
    } catch (IOException vanished) {
      opened = vanished;
    }
  }

  /// All sessions are closed. A log that was theirs is nobody's now: whoever opens the file that
  /// has the name would take it for its own.
  synchronized void closed() throws SQLException {
    try {
      if (log != null && Files.exists(beside("-wal")) && log.equals(identity(beside("-wal")))) {
        forgetLog();
      }
    } catch (IOException failure) {
      throw new Lost("the log beside it cannot be deleted: " + Cause.of(failure));
    }
    opened = null;
    log = null;
    content = null;
    looked = Moment.NEVER;
  }

  private void forgetLog() throws IOException {
    Files.deleteIfExists(beside("-wal"));
    Files.deleteIfExists(beside("-shm"));
  }

  /// Null where the system does not tell files apart.
  private static @Nullable Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /// Gives the name to a copy of what a session holds, unless somebody has taken it meanwhile.
  void restore(SqlSession from) throws SQLException {
    Path copy = beside(".restored");
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      empty(copy);
      from.update("VACUUM INTO ?", copy.toString());
      forgetLog();
      name(copy);
    } catch (IOException failure) {
      throw new Lost("the file was deleted and cannot be restored: " + Cause.of(failure));
    } finally {
      delete(copy);
    }
  }

  /// Gives the name to a copy of the file itself: what was written over it is no longer open then,
  /// and the log of what was there before does not belong to it.
  void separate() throws SQLException {
    Path copy = beside(".restored");
    try {
      empty(copy);
      Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
      FileContent found = FileContent.of(copy, true);
      if (found == null || !found.sound()) {
        throw new Lost("its file was overwritten with something that is not a whole database");
      }
      Files.delete(path);
      forgetLog();
      name(copy);
    } catch (IOException failure) {
      throw new Lost("its file was overwritten and cannot be opened: " + Cause.of(failure));
    } finally {
      delete(copy);
    }
  }

  private void name(Path copy) throws IOException {
    try (var channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    try {
      Files.createLink(path, copy);
    } catch (FileAlreadyExistsException taken) {
      // another process has restored it, or somebody has put another file there
    }
  }

  private Path beside(String ending) {
    return path.resolveSibling(path.getFileName() + ending);
  }

  /// What is copied is as private as it was.
  private static void empty(Path copy) throws IOException {
    Files.deleteIfExists(copy);
    if (copy.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }

  private static void delete(Path copy) throws SQLException {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException failure) {
      throw new Lost("cannot delete " + copy + ": " + Cause.of(failure));
    }
  }
}

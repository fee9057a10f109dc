package dev.claudometer.store.sqlite;

import dev.claudometer.model.Cause;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sql.SqlStore;
import dev.claudometer.store.sql.engine.Copying;
import dev.claudometer.store.sql.engine.Database;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteJDBCLoader;

/// Opens stores that are one SQLite file.
public final class SqliteStore {

  private static final System.Logger LOG = System.getLogger("claudometer.store");

  private SqliteStore() {}

  /// Loads what opening any store needs, which takes a while. Where that fails, opening one will
  /// say so. The library is loaded where it lies ready: a process that ends meanwhile would leave a
  /// copy behind.
  public static void load() {
    try {
      var _ = new SQLiteConfig();
      if (System.getProperty("org.sqlite.lib.path") != null) {
        SQLiteJDBCLoader.initialize();
      }
    } catch (Exception | LinkageError whoOpensWillSay) {
      LOG.log(System.Logger.Level.DEBUG, "not loaded: " + Cause.of(whoOpensWillSay));
    }
  }

  /// Opens a store, and makes it where there is none.
  ///
  /// @param prices asked only when events are priced
  /// @throws StoreException where the file cannot be used
  public static UsageStore open(Path file, Supplier<PriceBook> prices) {
    return new SqlStore(database(file, Durability.PROCESS), prices);
  }

  /// Opens the database alone. A file that is made is for its owner only, whatever the umask:
  /// SQLite gives its companions the same mode.
  public static Database database(Path file, Durability durability) {
    make(file);
    return Database.open(new SqliteDialect(file, durability));
  }

  /// Copies a store into an empty file. When this returns, the file alone holds everything,
  /// durably; otherwise what lies beside it may be needed too.
  ///
  /// @return how many rows
  /// @throws StoreException where either cannot be used, or the disk is full
  public static long copy(Database from, Path file) {
    try (Database to = database(file, Durability.POWER_CUT)) {
      long rows = new Copying(from, to).run();
      // closing does so too, and says nothing where it fails
      if (to.number("PRAGMA wal_checkpoint(TRUNCATE)") != 0) {
        throw new StoreException(
            StoreException.Kind.BUSY,
            "Another program uses " + file,
            new IOException("its log cannot be emptied"));
      }
      return rows;
    }
  }

  /// What cannot be made is told of when the file is opened.
  private static void make(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix && !Files.exists(file)) {
      try {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } catch (FileAlreadyExistsException another) {
        // another process has just made it
      } catch (IOException cannot) {
        LOG.log(System.Logger.Level.DEBUG, "not made beforehand: " + Cause.of(cannot));
      }
    }
  }
}

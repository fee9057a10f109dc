package dev.claudometer.app.process;

import dev.claudometer.store.StoreException;
import dev.claudometer.store.UsageStore;
import dev.claudometer.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

/// A local store that cannot be read any more. It is made anew from the transcripts; the old file
/// is kept, because it may know what no transcript tells any more.
public final class DamagedStore {

  private DamagedStore() {}

  /// Opens a store; a damaged one is put aside, and the new one is empty.
  ///
  /// @param told what was done then
  public static UsageStore replaced(
      Surroundings surroundings, Path file, PriceBooks prices, Consumer<String> told) {
    try {
      return SqliteStore.open(file, prices::book);
    } catch (StoreException failure) {
      if (failure.kind() != StoreException.Kind.CORRUPT) {
        throw failure;
      }
      told.accept(putAside(surroundings, file, failure));
      return SqliteStore.open(file, prices::book);
    }
  }

  /// Moves the store's files out of the way.
  ///
  /// @return what was done, in one sentence
  public static String putAside(Surroundings surroundings, Path file, StoreException damage) {
    return damage.getMessage()
        + "; it is kept as "
        + putAside(surroundings, file)
        + " and rebuilt from the transcripts (usage of deleted transcripts is only in there)";
  }

  private static Path putAside(Surroundings surroundings, Path file) {
    String time =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss")
            .withZone(ZoneOffset.UTC)
            .format(surroundings.clock().instant());
    Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + time);
    try {
      Files.move(file, aside);
      for (String suffix : new String[] {"-wal", "-shm"}) {
        Path companion = file.resolveSibling(file.getFileName() + suffix);
        if (Files.exists(companion)) {
          Files.move(companion, aside.resolveSibling(aside.getFileName() + suffix));
        }
      }
      return aside;
    } catch (IOException failure) {
      throw new Failed("cannot put the damaged store " + file + " aside", failure);
    }
  }
}

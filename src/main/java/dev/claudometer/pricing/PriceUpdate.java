package dev.claudometer.pricing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A price book that may replace the one in force, and what is new in it.
///
/// @param added models that the built-in book does not know
/// @param kept models of the source that the built-in book knows: its prices stay
/// @param rejected models of the source that cannot be right, with the reason
/// @param leftOut how many others of the source were not taken, and why
public record PriceUpdate(
    List<ModelPrice> rows,
    List<String> added,
    List<String> kept,
    List<String> rejected,
    Map<LeftOut, Integer> leftOut) {

  public PriceUpdate {
    rows = List.copyOf(rows);
    added = List.copyOf(added);
    kept = List.copyOf(kept);
    rejected = List.copyOf(rejected);
    leftOut = Collections.unmodifiableMap(new TreeMap<>(leftOut));
  }

  /// A whole book, for nothing to be told of it.
  public static PriceUpdate of(List<ModelPrice> rows) {
    return new PriceUpdate(rows, List.of(), List.of(), List.of(), Map.of());
  }

  /// Takes a file in our own form as it is.
  ///
  /// @throws PriceFileException where it is not a price book
  public static PriceUpdate fromFile(InputStream in, String place) {
    List<ModelPrice> rows = PriceFile.read(in, place).rows();
    PriceBook builtIn = PriceBook.builtIn();
    List<String> added = new ArrayList<>();
    for (ModelPrice row : rows) {
      if (builtIn.row(row.id()).isEmpty()) {
        added.add(row.id());
      }
    }
    return new PriceUpdate(rows, added, List.of(), List.of(), Map.of());
  }

  /// Adds to the built-in book what LiteLLM knows beyond it.
  ///
  /// @param allMakers whether models that are not Claude are taken too
  /// @throws PriceFileException where it is not LiteLLM's list
  public static PriceUpdate fromLiteLlm(InputStream in, String place, boolean allMakers) {
    return LiteLlm.read(in, place, allMakers);
  }

  /// Puts the book into force: the file is replaced whole or not at all.
  ///
  /// @throws IOException where it cannot be written
  public void write(Path file) throws IOException {
    Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "prices", ".new");
    try {
      Files.write(fresh, PriceFileWriter.write(rows));
      move(fresh, file);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException notHere) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}

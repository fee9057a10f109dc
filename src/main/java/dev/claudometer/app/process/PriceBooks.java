package dev.claudometer.app.process;

import dev.claudometer.pricing.PriceBook;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The price book in force: the user's, made by `prices update`, else the built-in one. Read when
/// first asked for.
public final class PriceBooks {

  private final StateDirectory state;
  private volatile @Nullable PriceBook book;
  private String read = "";
  private @Nullable Instant builtInAsOf;

  public PriceBooks(StateDirectory state) {
    this.state = state;
  }

  /// Whether the book is the user's own.
  public boolean customised() {
    return Files.exists(state.prices());
  }

  /// When the prices in force were collected, or replaced by the user.
  public Instant updated() {
    try {
      return customised() ? Files.getLastModifiedTime(state.prices()).toInstant() : builtInAsOf();
    } catch (IOException justRemoved) {
      return builtInAsOf();
    }
  }

  private synchronized Instant builtInAsOf() {
    Instant known = builtInAsOf;
    if (known == null) {
      known = PriceBook.builtInAsOf();
      builtInAsOf = known;
    }
    return known;
  }

  /// The book.
  ///
  /// @throws Failed where the user's file cannot be used
  public PriceBook book() {
    PriceBook known = book;
    if (known == null) {
      known = read();
      book = known;
    }
    return known;
  }

  /// Reads the book again where it has changed.
  ///
  /// @return what stands for its content
  public synchronized String reread() {
    String now = fingerprint();
    if (!now.equals(read)) {
      book = null;
      read = now;
    }
    return now;
  }

  /// Stands for the content of the book, without parsing it.
  public String fingerprint() {
    var checksum = new CRC32C();
    try (InputStream in = content()) {
      checksum.update(in.readAllBytes());
      return Long.toHexString(checksum.getValue());
    } catch (IOException failure) {
      throw new Failed("cannot read the prices in " + state.prices(), failure);
    }
  }

  private InputStream content() throws IOException {
    return customised() ? Files.newInputStream(state.prices()) : PriceBook.builtInContent();
  }

  private PriceBook read() {
    return customised() ? PriceBook.read(state.prices()) : PriceBook.builtIn();
  }
}

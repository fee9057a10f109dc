package dev.claudometer.app.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.pricing.Contract;
import dev.claudometer.pricing.ModelPrice;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.pricing.PriceFileException;
import dev.claudometer.pricing.PriceUpdate;
import dev.claudometer.pricing.ServedPrices;
import dev.claudometer.source.claudecode.place.ClaudeHome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The price book in force: the user's, made by `prices update`, else the built-in one; and for
/// models that it lacks, what Claude Code was served; beside it the contract that an organisation
/// has set. Read when first asked for.
public final class PriceBooks {

  private static final System.Logger LOG = System.getLogger("claudometer.prices");

  private final StateDirectory state;
  private final ManagedSettings managed;
  private volatile List<Path> fetched = List.of();
  private volatile @Nullable PriceBook book;
  private String read = "";
  private @Nullable Instant builtInAsOf;

  public PriceBooks(StateDirectory state, ManagedSettings managed) {
    this.state = state;
    this.managed = managed;
  }

  /// The one of a process.
  public static PriceBooks of(Surroundings surroundings) {
    return new PriceBooks(StateDirectory.of(surroundings), ManagedSettings.of(surroundings));
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

  /// Remembers the prices that the clients of some homes were served. Those of models that the book
  /// knows are remembered too, and not used.
  ///
  /// @return what is to be said of them: prices that cannot be used, files that cannot be read
  public List<String> look(List<ClaudeHome> homes, Instant now) {
    fetched = homes.stream().map(ClaudeHome::fetchedSettings).toList();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    List<String> notes = new ArrayList<>();
    List<ModelPrice> seen = new ArrayList<>();
    for (ClaudeHome home : homes) {
      for (Path file : home.clientState()) {
        look(file, today, seen, notes);
      }
    }
    if (!seen.isEmpty()) {
      remember(seen, today, notes);
    }
    return notes;
  }

  private void look(Path file, LocalDate today, List<ModelPrice> seen, List<String> notes) {
    try {
      ServedPrices served = ServedPrices.in(file, today);
      seen.addAll(served.rows());
      served.rejected().forEach(id -> notes.add(file + ": no usable price of " + id));
    } catch (IOException unreadable) {
      LOG.log(System.Logger.Level.DEBUG, "no served prices in " + file, unreadable);
    }
  }

  private void remember(List<ModelPrice> seen, LocalDate today, List<String> notes) {
    List<ModelPrice> before = served();
    List<ModelPrice> now = ServedPrices.remembered(before, seen, today);
    if (now.equals(before)) {
      return;
    }
    try {
      state.create();
      PriceUpdate.of(now).write(state.servedPrices());
      book = null;
    } catch (IOException | Failed failure) {
      notes.add("cannot remember served prices: " + failure);
    }
  }

  private List<ModelPrice> served() {
    Path file = state.servedPrices();
    try {
      return Files.exists(file) ? PriceBook.read(file).rows() : List.of();
    } catch (PriceFileException spoilt) {
      LOG.log(System.Logger.Level.WARNING, spoilt.getMessage());
      return List.of();
    }
  }

  /// The book.
  ///
  /// @throws Failed where the user's file cannot be used
  public PriceBook book() {
    PriceBook known = book;
    if (known == null) {
      known = base().with(served()).under(managed.contract(fetched));
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
      if (Files.exists(state.servedPrices())) {
        checksum.update(Files.readAllBytes(state.servedPrices()));
      }
      // whoever prices by it hears what is wrong with it
      Contract contract = managed.contract(fetched, _ -> {});
      if (contract != null) {
        checksum.update(contract.fingerprint().getBytes(UTF_8));
      }
      return Long.toHexString(checksum.getValue());
    } catch (IOException failure) {
      throw new Failed("cannot read the prices in " + state.prices(), failure);
    }
  }

  private InputStream content() throws IOException {
    return customised() ? Files.newInputStream(state.prices()) : PriceBook.builtInContent();
  }

  private PriceBook base() {
    return customised() ? PriceBook.read(state.prices()) : PriceBook.builtIn();
  }
}

package dev.claudometer.app.server;

import dev.claudometer.app.PriceLists;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.StateDirectory;
import dev.claudometer.pricing.PriceUpdate;
import dev.claudometer.server.api.PriceKeeper;
import dev.claudometer.store.Upkeep;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

/// The price book of a running server: the file that `prices update` writes.
record PriceShelf(StateDirectory state, PriceBooks books, Upkeep store) implements PriceKeeper {

  private static final System.Logger LOG = System.getLogger("claudometer.prices");

  @Override
  public boolean customised() {
    return books.customised();
  }

  @Override
  public PriceUpdate published(boolean allMakers) throws IOException, InterruptedException {
    try (InputStream in = PriceLists.fetch(PriceLists.LITELLM)) {
      return PriceUpdate.fromLiteLlm(in, PriceLists.LITELLM, allMakers);
    }
  }

  @Override
  public void use(PriceUpdate update) throws IOException {
    state.create();
    update.write(state.prices());
    takeUp();
  }

  @Override
  public void reset() throws IOException {
    Files.deleteIfExists(state.prices());
    takeUp();
  }

  /// What comes in is priced by the new book at once; what is stored takes its time.
  private void takeUp() {
    String fingerprint = books.reread();
    var _ = Thread.ofVirtual().name("reprice").start(() -> reprice(fingerprint));
  }

  private void reprice(String fingerprint) {
    try {
      store.reprice(fingerprint);
    } catch (RuntimeException failure) {
      LOG.log(System.Logger.Level.WARNING, "not repriced; trying again in an hour", failure);
    }
  }
}

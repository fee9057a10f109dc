package dev.claudometer.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.pricing.PriceBook;
import dev.claudometer.pricing.PriceUpdate;
import dev.claudometer.server.api.PriceKeeper;
import dev.claudometer.store.UsageStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A price book that can be replaced, and a list of prices that is as a test wants it.
public final class TestPrices implements PriceKeeper {

  public @Nullable UsageStore store;

  /// What LiteLLM tells; null where it does not answer.
  public @Nullable String list;

  private PriceBook book = PriceBook.builtIn();
  private boolean customised;
  private int version;

  public PriceBook book() {
    return book;
  }

  @Override
  public boolean customised() {
    return customised;
  }

  @Override
  public PriceUpdate published(boolean allMakers) throws IOException {
    if (list == null) {
      throw new IOException("raw.example does not answer");
    }
    return PriceUpdate.fromLiteLlm(
        new ByteArrayInputStream(list.getBytes(UTF_8)), "the list", allMakers);
  }

  @Override
  public void use(PriceUpdate update) throws IOException {
    Path file = Files.createTempDirectory("prices").resolve("prices.json");
    update.write(file);
    reprice();
    book = PriceBook.read(file);
    customised = true;
    reprice();
  }

  @Override
  public void reset() {
    book = PriceBook.builtIn();
    customised = false;
    reprice();
  }

  private void reprice() {
    if (store != null) {
      store.reprice("test " + (customised ? ++version : 0));
    }
  }
}

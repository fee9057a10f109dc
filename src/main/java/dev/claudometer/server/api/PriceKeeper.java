package dev.claudometer.server.api;

import dev.claudometer.pricing.PriceUpdate;
import java.io.IOException;

/// Where the price book in force is kept, and can be replaced.
public interface PriceKeeper {

  /// Whether the book is not the one that comes with Claudometer.
  boolean customised();

  /// Asks the list that `prices update` knows for what it has beyond the built-in book. Changes
  /// nothing.
  ///
  /// @param allMakers whether models that are not Claude are taken too
  /// @throws IOException with a sentence for people
  PriceUpdate published(boolean allMakers) throws IOException, InterruptedException;

  /// Puts a book into force; what is stored is priced by it, as after `prices update`.
  void use(PriceUpdate update) throws IOException;

  /// Puts the built-in book into force.
  void reset() throws IOException;
}

package dev.claudometer.report.session;

import dev.claudometer.report.session.ResponseAnswers.PriceRow;
import dev.claudometer.store.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A response, or a part of one, as it is stored, and how its cost is calculated.
///
/// @param why one line for each part of the cost
/// @param priceRow null where the price book has none
public record Explained(StoredEvent stored, List<String> why, @Nullable PriceRow priceRow) {

  public Explained {
    why = List.copyOf(why);
  }
}

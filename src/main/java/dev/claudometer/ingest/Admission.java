package dev.claudometer.ingest;

import dev.claudometer.store.Receipt;
import java.util.List;

/// What became of received usage events: `received = joined + added + replaced + unchanged +
/// rejected`.
///
/// @param joined copies that were joined with another of the same batch
public record Admission(long received, long joined, Receipt stored, List<Rejection> rejections) {

  public Admission {
    rejections = List.copyOf(rejections);
  }
}

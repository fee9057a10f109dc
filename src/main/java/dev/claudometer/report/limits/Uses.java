package dev.claudometer.report.limits;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.Origin;
import dev.claudometer.model.Usage;
import dev.claudometer.pricing.CostLine;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.store.Dimension;
import dev.claudometer.store.EventFilter;
import dev.claudometer.store.Events;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.store.TimeRange;
import dev.claudometer.store.Where;
import dev.claudometer.usage.window.WindowShape;
import dev.claudometer.usage.window.WindowUse;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// What an account's devices used, as windows weigh it.
record Uses(List<StoredEvent> events, PriceBook book) {

  /// Where Claude Desktop keeps the transcripts of Cowork.
  private static final String COWORK = "local-agent-mode-sessions";

  static Uses of(Events store, List<DeviceId> devices, Instant from, Instant to, PriceBook book) {
    Where where =
        Where.ANY.and(
            Dimension.DEVICE, devices.stream().map(DeviceId::text).collect(Collectors.toSet()));
    return new Uses(
        store
            .events(new EventFilter.Within(new TimeRange(from, to), where, Integer.MAX_VALUE))
            .stream()
            .filter(StoredEvent::counted)
            .toList(),
        book);
  }

  /// Those that count in a window from a time on.
  Uses in(WindowShape shape, Instant from) {
    return new Uses(
        events.stream()
            .filter(stored -> !stored.event().at().isBefore(from))
            .filter(stored -> shape.counts(stored.model(), cowork(stored)))
            .toList(),
        book);
  }

  static boolean cowork(StoredEvent stored) {
    return stored.event().attribution().origin() instanceof Origin.Line line
        && line.file().contains(COWORK);
  }

  List<WindowUse> weighed() {
    return events.stream().map(this::weighed).toList();
  }

  private WindowUse weighed(StoredEvent stored) {
    Usage usage = stored.event().usage();
    Instant at = stored.event().at();
    List<CostLine> lines = book.lines(usage, at);
    double written = 0;
    double output = 0;
    double read = 0;
    for (CostLine line : lines) {
      double dollars = line.dollars().doubleValue();
      switch (line.name()) {
        case CostLine.OUTPUT -> output += dollars;
        case CostLine.CACHE_READ -> read += dollars;
        case PriceBook.WEB_SEARCHES -> {}
        default -> written += dollars;
      }
    }
    boolean unpriced = lines.isEmpty() && usage.billed();
    return new WindowUse(at, written, output, read, unpriced ? usage.tokens().total() / 1e6 : 0);
  }
}

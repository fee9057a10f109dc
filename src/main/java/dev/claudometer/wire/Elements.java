package dev.claudometer.wire;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ApiCall;
import dev.claudometer.model.BilledBucket;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.wire.body.Excerpt;
import java.io.IOException;

/// Which `type` of element is read and written by whom.
final class Elements {

  private Elements() {}

  /// @throws BadElement with the reason
  static DeliveryEntry read(int index, Fields fields) {
    String type = fields.name("type");
    return switch (type) {
      case UsageElement.TYPE -> new DeliveryEntry.Observed(index, UsageElement.read(fields));
      case ActivityElement.TYPE -> new DeliveryEntry.Observed(index, ActivityElement.read(fields));
      case SessionTotalElement.TYPE ->
          new DeliveryEntry.Observed(index, SessionTotalElement.read(fields));
      case CallElement.TYPE -> new DeliveryEntry.Observed(index, CallElement.read(fields));
      case LimitElement.TYPE -> new DeliveryEntry.Observed(index, LimitElement.read(fields));
      case FileElement.TYPE -> new DeliveryEntry.Reading(index, FileElement.read(fields));
      default -> throw new BadElement("unknown type " + Excerpt.quoted(type));
    };
  }

  static void write(DeliveryEntry entry, FieldWriter fields) throws IOException {
    switch (entry) {
      case DeliveryEntry.Observed observed -> write(observed, fields);
      case DeliveryEntry.Reading file -> FileElement.write(file.reading(), fields);
    }
  }

  private static void write(DeliveryEntry.Observed observed, FieldWriter fields)
      throws IOException {
    switch (observed.observation()) {
      case UsageEvent event -> UsageElement.write(event, fields);
      case Activity activity -> ActivityElement.write(activity, fields);
      case SessionTotal total -> SessionTotalElement.write(total, fields);
      case ApiCall call -> CallElement.write(call, fields);
      case LimitReading limit -> LimitElement.write(limit, fields);
      case BilledBucket bucket ->
          throw new IllegalArgumentException("no machine tells of bills: " + bucket.report());
    }
  }
}

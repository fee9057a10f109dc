package dev.claudometer.export.fleet;

import dev.claudometer.export.scrape.DeviceNames;
import dev.claudometer.export.scrape.Gathering;
import dev.claudometer.export.scrape.MeterCache;
import dev.claudometer.metric.ClaudeCode;
import dev.claudometer.metric.Family;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.SumName;
import dev.claudometer.store.meter.Meter;
import dev.claudometer.store.meter.MeterReading;
import java.util.EnumMap;
import java.util.Map;

/// What clients themselves have summed.
final class ClientSums {

  private static final Map<ActivityKind, Family> FAMILIES =
      new EnumMap<>(
          Map.of(
              ActivityKind.SESSION_START, ClaudeCode.SESSION_COUNT_TOTAL,
              ActivityKind.LINES_OF_CODE, ClaudeCode.LINES_OF_CODE_COUNT_TOTAL,
              ActivityKind.COMMIT, ClaudeCode.COMMIT_COUNT_TOTAL,
              ActivityKind.PULL_REQUEST_CREATED, ClaudeCode.PULL_REQUEST_COUNT_TOTAL,
              ActivityKind.EDIT_DECISION, ClaudeCode.CODE_EDIT_TOOL_DECISION_TOTAL,
              ActivityKind.TOOL_DECISION, ClaudeCode.TOOL_DECISION_TOTAL,
              ActivityKind.ACTIVE_TIME, ClaudeCode.ACTIVE_TIME_TOTAL,
              ActivityKind.EVENTS_LOST, ClaudeCode.EVENTS_LOST_TOTAL,
              ActivityKind.EVENTS_LATE, ClaudeCode.EVENTS_LATE_TOTAL,
              ActivityKind.TRANSCRIPTS_DELETED, ClaudeCode.TRANSCRIPTS_DELETED_TOTAL));

  private final MeterCache meters;
  private final DeviceNames names;

  ClientSums(MeterCache meters, DeviceNames names) {
    this.meters = meters;
    this.names = names;
  }

  void collect(Gathering into) {
    for (MeterReading reading : meters.all(Meter.TOLD)) {
      int end = reading.name().indexOf(' ');
      ActivityKind kind = ActivityKind.valueOf(reading.name().substring(0, end));
      Family family = FAMILIES.get(kind);
      if (family != null) {
        int scale = kind == ActivityKind.ACTIVE_TIME ? 3 : 0;
        String[] labels =
            labels(
                family,
                names.of(reading.device()),
                SumName.of(kind, reading.name().substring(end + 1)));
        into.add(family, new Exact(reading.most(), scale), labels);
        if (kind == ActivityKind.ACTIVE_TIME) {
          into.add(ClaudeCode.ACTIVE_TIME_SECONDS_TOTAL, new Exact(reading.most(), scale), labels);
        }
      }
    }
  }

  /// The device, and what the name says of the family's other labels.
  private static String[] labels(Family family, String device, SumName told) {
    return family.labels().stream()
        .map(
            label ->
                switch (label) {
                  case "device" -> device;
                  case ClaudeCode.OWNER -> told.owner();
                  case ClaudeCode.REPOSITORY -> told.repositoryName();
                  case ClaudeCode.BRANCH -> told.branch();
                  default -> told.parts().get(family.labels().indexOf(label) - 1);
                })
        .toArray(String[]::new);
  }
}

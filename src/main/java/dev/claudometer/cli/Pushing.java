package dev.claudometer.cli;

import dev.claudometer.cli.surroundings.Version;
import dev.claudometer.collect.Diary;
import dev.claudometer.export.Collector;
import dev.claudometer.export.Scraper;
import dev.claudometer.export.otlp.Deliveries;
import dev.claudometer.export.otlp.MetricPush;
import dev.claudometer.export.otlp.PushSettings;
import dev.claudometer.export.otlp.PushSettings.Usual;
import dev.claudometer.export.otlp.Spans;
import dev.claudometer.export.otlp.Variables;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a command pushes to an OTLP receiver, where there is one.
record Pushing(PushSettings settings, Deliveries deliveries, InstantSource clock) {

  private static final Usual NOWHERE = new Usual(null, "claudometer");

  static Pushing of(PushSettings settings, InstantSource clock, Diary diary) {
    return new Pushing(settings, new Deliveries(clock, diary::failed, diary::news), clock);
  }

  /// Those of a command that pushes only where the environment says so.
  static PushSettings settings(Values values) {
    return settings(values, NOWHERE);
  }

  /// Bad values are problems of the values.
  static PushSettings settings(Values values, Usual usual) {
    return PushSettings.of(new Variables(name -> values.of(null, name), values::problem), usual);
  }

  /// What tells how deliveries go, where there are any.
  List<Collector> collectors() {
    return settings.metrics() == null && settings.traces() == null
        ? List.of()
        : List.of(deliveries);
  }

  @Nullable MetricPush metrics(Scraper scraper) {
    return MetricPush.start(settings, scraper, clock, Version.text(), deliveries);
  }

  @Nullable Spans spans() {
    return Spans.start(settings, clock, Version.text(), deliveries);
  }
}

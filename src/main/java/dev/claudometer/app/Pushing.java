package dev.claudometer.app;

import static dev.claudometer.app.config.Variables.named;

import dev.claudometer.app.config.Values;
import dev.claudometer.app.process.Version;
import dev.claudometer.collect.PollLog;
import dev.claudometer.export.otlp.Deliveries;
import dev.claudometer.export.otlp.MetricPush;
import dev.claudometer.export.otlp.OtelVariables;
import dev.claudometer.export.otlp.PushSettings;
import dev.claudometer.export.otlp.PushSettings.Usual;
import dev.claudometer.export.otlp.Spans;
import dev.claudometer.export.scrape.Collector;
import dev.claudometer.export.scrape.Scraper;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a command pushes to an OTLP receiver, where there is one.
public record Pushing(PushSettings settings, Deliveries deliveries, InstantSource clock) {

  private static final Usual NOWHERE = new Usual(null, "claudometer");

  public static Pushing of(PushSettings settings, InstantSource clock, PollLog diary) {
    return new Pushing(settings, new Deliveries(clock, diary::failed, diary::news), clock);
  }

  /// Those of a command that pushes only where the environment says so.
  public static PushSettings settings(Values values) {
    return settings(values, NOWHERE);
  }

  /// Those of a command that does more than push. The variables may be meant for another program,
  /// such as Claude Code, which also knows `http/json`: so what is wrong with them stops the push,
  /// in one line, and not the command.
  public static PushSettings settings(Values values, Usual usual) {
    List<String> wrong = new ArrayList<>();
    PushSettings settings = read(values, usual, wrong::add);
    if (wrong.isEmpty()) {
      return settings;
    }
    values.notice("nothing is pushed: " + String.join("; ", new LinkedHashSet<>(wrong)));
    return settings.nowhere();
  }

  /// Those of a command that only pushes; bad values are problems of the values.
  public static PushSettings needed(Values values, Usual usual) {
    return read(values, usual, values::problem);
  }

  private static PushSettings read(Values values, Usual usual, Consumer<String> problem) {
    return PushSettings.of(new OtelVariables(name -> values.text(named(name)), problem), usual);
  }

  /// What tells how deliveries go, where there are any.
  public List<Collector> collectors() {
    return settings.metrics() == null && settings.traces() == null
        ? List.of()
        : List.of(deliveries);
  }

  public @Nullable MetricPush metrics(Scraper scraper) {
    return MetricPush.start(settings, scraper, clock, Version.text(), deliveries);
  }

  public @Nullable Spans spans() {
    return Spans.start(settings, clock, Version.text(), deliveries);
  }
}

package dev.claudometer.export.otlp;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is pushed where, as the variables of OpenTelemetry say it.
///
/// @param metrics who takes metrics; null where nobody does
/// @param traces who takes traces; null where nobody does
/// @param interval between two pushes of metrics
/// @param resource who we are: `service.name` and more
public record PushSettings(
    @Nullable SignalReceiver metrics,
    @Nullable SignalReceiver traces,
    Duration interval,
    Map<String, String> resource) {

  private static final String SERVICE_NAME = "service.name";
  private static final int USUAL_INTERVAL = 60_000;
  private static final int LEAST_INTERVAL = 100;
  private static final int MOST_INTERVAL = 86_400_000;

  public PushSettings {
    resource = Map.copyOf(resource);
  }

  /// What a mode does unless told otherwise.
  ///
  /// @param endpoint null to push nowhere
  public record Usual(@Nullable String endpoint, String serviceName) {}

  /// Reads the settings; what is wrong is a problem of the variables.
  public static PushSettings of(OtelVariables variables, Usual usual) {
    return new PushSettings(
        SignalReceiver.of(Signal.METRICS, variables, usual.endpoint()),
        SignalReceiver.of(Signal.TRACES, variables, usual.endpoint()),
        variables.milliseconds(
            "OTEL_METRIC_EXPORT_INTERVAL", USUAL_INTERVAL, LEAST_INTERVAL, MOST_INTERVAL),
        resource(variables, usual.serviceName()));
  }

  /// The same, pushing nothing.
  public PushSettings nowhere() {
    return new PushSettings(null, null, interval, resource);
  }

  private static Map<String, String> resource(OtelVariables variables, String usualName) {
    Map<String, String> resource = new LinkedHashMap<>();
    resource.put(SERVICE_NAME, usualName);
    resource.putAll(variables.pairs("OTEL_RESOURCE_ATTRIBUTES", "[!-<>-~]{1,255}"));
    String name = variables.of("OTEL_SERVICE_NAME");
    if (name != null) {
      resource.put(SERVICE_NAME, name);
    }
    return resource;
  }
}

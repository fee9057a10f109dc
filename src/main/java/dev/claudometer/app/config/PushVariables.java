package dev.claudometer.app.config;

import static dev.claudometer.app.config.Variable.secret;
import static dev.claudometer.app.config.Variable.variable;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What is pushed where, by the names that OpenTelemetry has for it.
public final class PushVariables {

  private static final String[] READERS = {"serve", "export local", "export org", "export limits"};

  private static final List<Variable> COMMON =
      List.of(
          variable(
              "OTEL_EXPORTER_OTLP_ENDPOINT",
              "none: nothing is pushed; `export limits`: `http://127.0.0.1:4317`",
              "Who takes it: `http://…` or `https://…`; over HTTP the signal's path is appended.",
              READERS),
          variable("OTEL_EXPORTER_OTLP_PROTOCOL", "`grpc`", "`grpc` or `http/protobuf`.", READERS),
          secret("OTEL_EXPORTER_OTLP_HEADERS", "none", "`name=value,…`, percent-encoded.", READERS),
          variable(
              "OTEL_EXPORTER_OTLP_TIMEOUT",
              "10000",
              "Milliseconds of one delivery with its attempts.",
              READERS),
          variable(
              "OTEL_METRIC_EXPORT_INTERVAL",
              "60000",
              "Milliseconds between two pushes of metrics, at least 100.",
              READERS),
          variable(
              "OTEL_SERVICE_NAME",
              "`claudometer`; `export limits`: `claude-usage-metrics`",
              "The resource's `service.name`.",
              READERS),
          variable(
              "OTEL_RESOURCE_ATTRIBUTES", "none", "`name=value,…`, percent-encoded.", READERS));

  static final List<Variable> ALL =
      Stream.of(COMMON, signal("METRICS"), signal("TRACES")).flatMap(List::stream).toList();

  private PushVariables() {}

  /// Those of one signal win over the common ones.
  private static List<Variable> signal(String signal) {
    String what = signal.toLowerCase(Locale.ROOT);
    String prefix = "OTEL_EXPORTER_OTLP_" + signal + "_";
    return List.of(
        variable(
            "OTEL_" + signal + "_EXPORTER", "`otlp`", "`none`: no " + what + " at all.", READERS),
        variable(
            prefix + "ENDPOINT", "the common one", "Who takes " + what + ", as it is.", READERS),
        variable(prefix + "PROTOCOL", "the common one", "How " + what + " travel.", READERS),
        secret(prefix + "HEADERS", "the common ones", "Headers of " + what + ".", READERS),
        variable(prefix + "TIMEOUT", "the common one", "Milliseconds for " + what + ".", READERS));
  }
}

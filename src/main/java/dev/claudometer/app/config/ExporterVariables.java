package dev.claudometer.app.config;

import static dev.claudometer.app.config.Variable.variable;

import java.util.List;

/// Where exporters are found, and what they call things.
public final class ExporterVariables {

  public static final Variable EXPORTER_PORT =
      variable("EXPORTER_PORT", "9101", "Port to listen on (`--port`).", "export local");

  public static final Variable PROMETHEUS_PORT =
      variable("PROMETHEUS_PORT", "9001", "Port to listen on (`--port`).", "export org")
          .at("prometheus.port");

  public static final Variable PROMETHEUS_NAMESPACE =
      variable(
              "PROMETHEUS_NAMESPACE",
              "`claude`",
              "What the names of claude-prometheus-exporter's families begin with (`--namespace`).",
              "export org")
          .at("prometheus.namespace");

  static final List<Variable> ALL = List.of(EXPORTER_PORT, PROMETHEUS_PORT, PROMETHEUS_NAMESPACE);

  private ExporterVariables() {}
}

package dev.claudometer.cli.options;

import dev.claudometer.app.config.Given;
import dev.claudometer.app.config.ServerVariables;
import dev.claudometer.app.config.Values;
import dev.claudometer.server.otlp.Ports;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where Claude Code's telemetry is received.
public final class OtlpOptions {

  private static final String NONE = "none";
  private static final int HIGHEST = 65_535;

  @Option(
      names = "--otlp-http-port",
      paramLabel = "PORT",
      description =
          "Port that Claude Code's telemetry is received on over HTTP, or none. Default:"
              + " $$CLAUDOMETER_OTLP_HTTP_PORT, else 4318.")
  @Nullable String http;

  @Option(
      names = "--otlp-grpc-port",
      paramLabel = "PORT",
      description = "The same over gRPC. Default: $$CLAUDOMETER_OTLP_GRPC_PORT, else 4317.")
  @Nullable String grpc;

  /// The ports; what is wrong with them is told to `values`.
  public Ports ports(Values values) {
    return new Ports(
        port(
            values.given("--otlp-http-port", http, ServerVariables.OTLP_HTTP_PORT),
            Ports.USUAL_HTTP,
            values),
        port(
            values.given("--otlp-grpc-port", grpc, ServerVariables.OTLP_GRPC_PORT),
            Ports.USUAL_GRPC,
            values));
  }

  /// The options as they were typed, for another process.
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (http != null) {
      arguments.addAll(List.of("--otlp-http-port", http));
    }
    if (grpc != null) {
      arguments.addAll(List.of("--otlp-grpc-port", grpc));
    }
    return arguments;
  }

  private static int port(@Nullable Given given, int usual, Values values) {
    return given != null && given.value().equals(NONE)
        ? Ports.NONE
        : values.number(given, usual, HIGHEST);
  }
}
